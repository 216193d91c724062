// One entry for one caller. Whether there is one that the caller can see is decided before its states are read, so that an
// error about states reveals no entry of other accounts, and none whose retention has ended.
import { type Caller, canSeeAccount } from '../access/caller.ts';
import { contentOf, hashContent } from '../entry/content-hash.ts';
import type { LogEntry } from '../entry/entry.ts';
import { isCurrent } from '../query/matching.ts';
import type { EntryStore } from '../storage/ports.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';

export interface LookupPorts {
  readonly entries: Pick<EntryStore, 'get'>;
  readonly now: () => number;
}

/**
 * The entry with this id and its states; `undefined` when there is none that the caller can see. Fails with
 * STATES_UNREADABLE when its states cannot be read, and with ENTRY_ALTERED when its content does not match the content hash
 * that was recorded with it.
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
  const entry = await stored.readFull();
  if (hashContent(contentOf(entry)) === entry.contentHash) return entry;
  throw new RequestLogsError(
    errorCodes.entryAltered,
    'the stored entry does not match its content hash: it was altered after it was recorded',
  );
}
