// Describes items of the entries table for the sealed log: which text a leaf commits to.
import {
  type CommittedStates,
  type Sealable,
  toCommittedDispute,
  toCommittedText,
} from '../core/entry/committed-text.ts';
import type { LogEntry } from '../core/entry/entry.ts';
import type { ItemImage } from '../core/log/ports.ts';
import { disputeKey, entryKey, readDisputeKey } from '../core/storage/keys.ts';
import { entryAttributes } from '../core/storage/table-attributes.ts';
import { readDisputeItem } from './dispute-item.ts';
import { decodeItem } from './entry-item.ts';
import type { OverflowReference } from './overflow.ts';

const { pk, nonce, expiresAt } = entryAttributes;

/**
 * Returns what an item commits to, or `undefined` if the recorder would not have written it. Items that `describeItem`
 * does not know are sealed as evidence, so nothing stays out of the log.
 */
export function describeItem(item: ItemImage): Sealable | undefined {
  try {
    const key = String(item[pk]);
    const [organizationId = ''] = key.split('#');
    const slot = readDisputeKey(key)?.slot;
    return slot === undefined
      ? describeEntry(item, organizationId)
      : describeDispute(item, organizationId, slot);
  } catch {
    return undefined;
  }
}

function describeEntry(item: ItemImage, organizationId: string): Sealable | undefined {
  const { entry, reference } = decodeItem(organizationId, item);
  if (entryKey(organizationId, entry.id) !== item[pk]) return undefined;
  return {
    kind: 'entry',
    entryId: entry.id,
    ...describeCommon(item, entry),
    text: toCommittedText(entry, statesOf(entry, reference)),
  };
}

function describeDispute(item: ItemImage, organizationId: string, slot: number): Sealable | undefined {
  const { asEntry, entryId } = readDisputeItem(item);
  const { entry: event, reference } = decodeItem(organizationId, asEntry);
  if (disputeKey(organizationId, entryId, slot) !== item[pk]) return undefined;
  return {
    kind: 'dispute',
    ...describeCommon(item, event),
    text: toCommittedDispute({ entryId, slot }, event, statesOf(event, reference)),
  };
}

function describeCommon(item: ItemImage, entry: LogEntry): Omit<Sealable, 'kind' | 'text' | 'entryId'> {
  const bytes = item[nonce];
  const expiry = item[expiresAt];
  return {
    organizationId: entry.organizationId,
    recordedAtMillis: Date.parse(entry.recordedAt),
    nonce: bytes instanceof Uint8Array ? bytes : new Uint8Array(),
    ...(typeof expiry === 'number' ? { expiresAt: expiry } : {}),
  };
}

function statesOf({ before, after }: LogEntry, reference: OverflowReference | undefined): CommittedStates {
  if (reference === undefined) return { before, after };
  return { statesObject: { sha256: reference.sha256, bytes: reference.bytes } };
}
