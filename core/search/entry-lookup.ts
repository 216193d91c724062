// Looks up one entry for one caller. Checks that the caller can see the entry before reading its states, so that an
// error about states never reveals an entry of another account or an expired entry.
import { type Caller, canSeeAccount } from '../access/caller.ts';
import type { LogEntry } from '../entry/entry.ts';
import type { Dispute, EntryResponse } from '../entry/entry-response-schemas.ts';
import { isCurrent } from '../query/matching.ts';
import type { DisputeStore, EntryStore } from '../storage/ports.ts';
import { describeDisputes } from './describe-disputes.ts';
import { readVerified } from './read-verified.ts';

/** The store and clock that a lookup uses. */
export interface LookupPorts {
  readonly entries: Pick<EntryStore, 'get'> & { readonly disputes: Pick<DisputeStore, 'list'> };
  readonly now: () => number;
}

/** What the response says about the place of an entry in the sealed log. */
export type SealingState = Pick<EntryResponse, 'sealed' | 'sealedUnavailable'>;

/** An entry with its states, and the events that dispute it. */
export interface FoundEntry {
  readonly entry: LogEntry;
  readonly disputes: readonly Dispute[];
  /** Absent in exports, and if the caller cannot see it. */
  readonly sealing?: SealingState;
}

/**
 * Returns the entry with this ID, its states and its disputes, or `undefined` if the caller cannot see such an entry.
 * Fails with STATES_UNREADABLE if the states cannot be read, and with ENTRY_ALTERED if the content does not match its
 * recorded content hash.
 */
export async function lookUpEntry(
  id: string,
  caller: Caller,
  { entries, now }: LookupPorts,
): Promise<FoundEntry | undefined> {
  const readingDisputes = entries.disputes.list(caller.organizationId, id);
  // The promise is awaited below. Until then, a failure must not count as an unhandled rejection.
  readingDisputes.catch(() => {});
  const stored = await entries.get(caller.organizationId, id);
  if (!stored || !canSeeAccount(caller, stored.head.accountId) || !isCurrent(stored.head, now())) {
    return undefined;
  }
  const entry = await readVerified(stored);
  return { entry, disputes: await describeDisputes(entry, await readingDisputes, caller) };
}
