// Stores a conflicting event next to the entry that it disputes. Safe to repeat: the same event uses one slot.
import type { EntryHead, LogEntry } from '../entry/entry.ts';
import { maxDisputes } from '../storage/keys.ts';
import type { DisputeStore, StoredDispute } from '../storage/ports.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import { isDuplicate } from './duplicate-check.ts';

/** The outcome for a conflicting event. `over-limit`: it is not stored, because the entry has `maxDisputes` others. */
export type DisputeOutcome = 'kept' | 'already-kept' | 'over-limit';

/** Stores the event unless an event with the same content is already stored. Fails with STORE_UNAVAILABLE. */
export async function keepDispute(
  entry: EntryHead,
  event: LogEntry,
  disputes: Pick<DisputeStore, 'list' | 'insert'>,
): Promise<DisputeOutcome> {
  for (;;) {
    const kept = await disputes.list(entry.organizationId, entry.id);
    for (const dispute of kept) if (await isSame(dispute, event)) return 'already-kept';
    const slot = findFreeSlot(kept);
    if (slot === undefined) return 'over-limit';
    // If another event has taken the slot in the meantime, the next round compares with it.
    if ((await disputes.insert(entry, event, slot)) === 'inserted') return 'kept';
  }
}

function findFreeSlot(kept: readonly StoredDispute[]): number | undefined {
  const taken = new Set(kept.map(({ slot }) => slot));
  for (let slot = 0; slot < maxDisputes; slot++) if (!taken.has(slot)) return slot;
  return undefined;
}

/** Unreadable states count as different. At worst, the event is stored twice. */
async function isSame({ event: stored }: StoredDispute, event: LogEntry): Promise<boolean> {
  if (stored === undefined) return false;
  try {
    return await isDuplicate(stored, event);
  } catch (error) {
    if (error instanceof RequestLogsError && error.code === errorCodes.statesUnreadable) return false;
    throw error;
  }
}
