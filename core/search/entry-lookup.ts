// Looks up one entry for one caller. Checks that the caller can see the entry before reading its states, so that an
// error about states never reveals an entry of another account or an expired entry.
import { type Caller, canSeeAccount } from '../access/caller.ts';
import { contentOf, hashContent } from '../entry/content-hash.ts';
import type { LogEntry } from '../entry/entry.ts';
import { isCurrent } from '../query/matching.ts';
import type { EntryStore } from '../storage/ports.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';

/** The store and clock that a lookup uses. */
export interface LookupPorts {
  readonly entries: Pick<EntryStore, 'get'>;
  readonly now: () => number;
}

/**
 * Returns the entry with this ID, including its states, or `undefined` if the caller cannot see such an entry. Fails
 * with STATES_UNREADABLE if the states cannot be read, and with ENTRY_ALTERED if the content does not match its
 * recorded content hash.
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
