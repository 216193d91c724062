// Turns changes of the entries table into what is sealed: entries and disputes, and evidence of anything else.
import { type Sealable, toCommittedEvidence } from '../entry/committed-text.ts';
import { entryAttributes } from '../storage/table-attributes.ts';
import { toBase64 } from '../values/bytes.ts';
import type { LeafKind } from './leaf.ts';
import type { ItemImage, StreamRecord } from './ports.ts';

/** Returns what an item commits to, or `undefined` if it is not an item that the recorder writes. */
export type DescribeItem = (item: ItemImage) => Sealable | undefined;

/** One leaf to append: a sealed entry or dispute, or evidence. */
export interface LeafSource {
  readonly organizationId: string;
  readonly kind: LeafKind;
  /** The ID of an entry. Absent for disputes and evidence. */
  readonly entryId?: string | undefined;
  readonly nonce: Uint8Array;
  readonly text: string;
  readonly expiresAt?: number | undefined;
  /** Absent for evidence. */
  readonly recordedAtMillis?: number | undefined;
}

/** Returns what an item of the table adds to the log. */
export function toEntrySource(item: ItemImage, describe: DescribeItem): LeafSource {
  return describe(item) ?? toEvidence('foreign', { newImage: item });
}

/**
 * Returns what a change adds to the log: nothing if an item expired. Entries never change, so a modification and any
 * other removal become evidence.
 */
export function toLeafSource(
  record: StreamRecord,
  describe: DescribeItem,
  nowMillis: number,
): LeafSource | undefined {
  const { kind, newImage, oldImage } = record;
  if (kind === 'INSERT') return newImage === undefined ? undefined : toEntrySource(newImage, describe);
  if (kind === 'MODIFY') return toEvidence('modification', record);
  if (record.byTtl && Number(oldImage?.[entryAttributes.expiresAt]) * 1000 <= nowMillis) return undefined;
  return toEvidence('removal', record);
}

function toEvidence(
  kind: 'modification' | 'removal' | 'foreign',
  record: Partial<Pick<StreamRecord, 'oldImage' | 'newImage' | 'sequenceNumber'>>,
): LeafSource {
  const { oldImage, newImage, sequenceNumber } = record;
  const item = oldImage ?? newImage ?? {};
  const key = String(item[entryAttributes.pk]);
  const nonce = item[entryAttributes.nonce];
  const expiresAt = item[entryAttributes.expiresAt];
  return {
    organizationId: /^([\w-]{1,64})#/.exec(key)?.[1] ?? unknownOrganization,
    kind,
    nonce: nonce instanceof Uint8Array ? nonce : new Uint8Array(),
    text: toCommittedEvidence({
      kind,
      key,
      oldItem: toJson(oldImage),
      newItem: toJson(newImage),
      sequenceNumber,
    }),
    ...(typeof expiresAt === 'number' ? { expiresAt } : {}),
  };
}

/** The log of items whose key names no organization. No organization ID contains a dot. */
const unknownOrganization = 'unknown.organization';

/** Returns a value with byte arrays in base64 and sets as arrays. */
function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: toBase64(value) };
  if (value instanceof Set) return [...value].map(toJson);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
}
