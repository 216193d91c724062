// Checks what the sealed log does not commit to: the attributes by which the indexes find an item, and the object with
// its states.

import { contentOf } from '../../core/entry/content.ts';
import { hashContent } from '../../core/entry/content-hash.ts';
import type { ItemImage } from '../../core/log/ports.ts';
import { readDisputeKey } from '../../core/storage/keys.ts';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';
import { decodeItem } from '../../store/entry-item.ts';
import { readStates } from '../../store/overflow.ts';
import { verifyEntryItem } from '../../store/verify-entry-item.ts';

/** Returns what is wrong with an entry; disputes are not checked. Reads the object with its states, if it has one. Fails with STORE_UNAVAILABLE. */
export async function checkItem(item: ItemImage, overflow: OverflowStore): Promise<string | undefined> {
  if (readDisputeKey(String(item[entryAttributes.pk])) !== undefined) return undefined;
  const verified = await verifyEntryItem(item);
  if (verified.status === 'forged') return `is not what the recorder writes: ${verified.reason}`;
  return verified.status === 'genuine' ? undefined : checkStates(item, overflow);
}

async function checkStates(item: ItemImage, overflow: OverflowStore): Promise<string | undefined> {
  const [organizationId = ''] = String(item[entryAttributes.pk]).split('#');
  const { entry, reference } = decodeItem(organizationId, item);
  if (reference === undefined) return undefined;
  try {
    const states = await readStates(overflow, entry, reference);
    const isSame = hashContent(contentOf({ ...entry, ...states })) === entry.contentHash;
    return isSame ? undefined : 'has states that do not match its content hash';
  } catch (error) {
    if (!(error instanceof RequestLogsError) || error.code !== errorCodes.statesUnreadable) throw error;
    return `has states that cannot be read: ${error.message}`;
  }
}
