// Which directory rows an entry stands for: its account and region for the organisation; for the account its user,
// under each of id, name and e-mail address, and its resource's name.
import type { LogEntry } from '../entry/entry.ts';
import type { DirectoryRow } from '../storage/ports.ts';
import { compareTerms } from '../values/folded-text.ts';

/**
 * The rows that must be in the directory before the entry can be found through it. A user's rows are in the order of
 * their terms: a list leaves out a row in favour of one before it, which must be there already.
 */
export function directoryRowsOf(entry: LogEntry): DirectoryRow[] {
  const { user, accountId, region, target } = entry;
  const { id, name, email } = user;
  // An event from the future would keep later names out.
  const seenAtMillis = Math.min(Date.parse(entry.timestamp), Date.parse(entry.recordedAt));
  const person = { field: 'users' as const, accountId, value: id, name, email, seenAtMillis };
  const terms = [id, name, email].filter((term) => term !== undefined).sort(compareTerms);
  return [
    { field: 'accountRegions', term: accountId, value: region },
    ...[...new Set(terms)].map((term) => ({ ...person, term })),
    { field: 'resources', accountId, term: target.name, value: target.name },
  ];
}

/** A user's name is written anew at most once in this time, even when two services call one user differently. */
export const renameAfterMillis = 24 * 60 * 60 * 1000;

/** The row to put in the place of `stored`, now that `seen` is known; `undefined` when it may stay as it is. */
export function replacementOf(stored: DirectoryRow, seen: DirectoryRow): DirectoryRow | undefined {
  if (stored.seenAtMillis === undefined || seen.seenAtMillis === undefined) return undefined;
  if (seen.seenAtMillis < stored.seenAtMillis + renameAfterMillis) return undefined;
  const { name = stored.name, email = stored.email } = seen;
  return name === stored.name && email === stored.email ? undefined : { ...seen, name, email };
}
