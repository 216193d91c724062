// One entry for one caller. Whether there is one for him is settled before its states are read, so that states which
// cannot be read betray no entry to who may not see it, and none whose retention has ended.
import { type Caller, canSeeAccount } from '../access/caller.ts';
import type { LogEntry } from '../entry/entry.ts';
import { isCurrent } from '../query/matching.ts';
import type { EntryStore } from '../storage/ports.ts';

export interface LookupPorts {
  readonly entries: Pick<EntryStore, 'get'>;
  readonly now: () => number;
}

/**
 * The entry with this id, whole; `undefined` when there is none that the caller may see. Fails with STATES_UNREADABLE
 * when there is one and its states cannot be read.
 */
export async function lookUpEntry(
  id: string,
  caller: Caller,
  { entries, now }: LookupPorts,
): Promise<LogEntry | undefined> {
  const stored = await entries.get(caller.organizationId, id);
  if (!stored || !canSeeAccount(caller, stored.head.accountId) || !isCurrent(stored.head, now())) {
    return undefined;
  }
  return stored.readFull();
}
