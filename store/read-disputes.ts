// Reads the disputes of an entry, slot by slot, from any store of items.
import { disputeKey, maxDisputes } from '../core/storage/keys.ts';
import type { OverflowStore, StoredDispute } from '../core/storage/ports.ts';
import { toDisputingEvent } from './dispute-item.ts';
import type { Item } from './entry-item.ts';

/**
 * Returns the disputes by slot. Reads the first slot, and the others only if it is taken. A malformed item is
 * returned without its event, so that it does not hide other disputes.
 */
export async function readDisputes(
  organizationId: string,
  entryId: string,
  overflow: OverflowStore,
  readItem: (key: string) => Promise<Item | undefined>,
): Promise<readonly StoredDispute[]> {
  const readSlot = async (slot: number): Promise<StoredDispute[]> => {
    const item = await readItem(disputeKey(organizationId, entryId, slot));
    return item === undefined ? [] : [toStoredDispute(organizationId, slot, item, overflow)];
  };
  const first = await readSlot(0);
  if (first.length === 0) return first;
  const others = Array.from({ length: maxDisputes - 1 }, (_, index) => readSlot(index + 1));
  return [...first, ...(await Promise.all(others)).flat()];
}

function toStoredDispute(
  organizationId: string,
  slot: number,
  item: Item,
  overflow: OverflowStore,
): StoredDispute {
  try {
    return { slot, event: toDisputingEvent(organizationId, item, overflow) };
  } catch {
    return { slot };
  }
}
