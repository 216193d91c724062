// Determines the directory rows of an entry: its account and Region and its target's name by ID for the organization and,
// for the account, the resource name, the user by ID, name and email address, and the new name of a resource by its former
// name.
import { targetSchema } from '../contract/event.ts';
import type { LogEntry } from '../entry/entry.ts';
import type { DirectoryRow } from '../storage/ports.ts';
import { compareTerms } from '../values/folded-text.ts';
import { targetRowOf } from './target-rows.ts';

/**
 * Returns the rows that make the entry findable through the directory. A user's rows are in the order of their terms,
 * because a list skips a row if an earlier one lists the same user, and that row must already exist.
 */
export function directoryRowsOf(entry: LogEntry): DirectoryRow[] {
  const { user, accountId, region, target } = entry;
  const { id, name, email } = user;
  // An event with a time in the future must not block later name changes.
  const seenAtMillis = Math.min(Date.parse(entry.timestamp), Date.parse(entry.recordedAt));
  const person = { field: 'users' as const, accountId, value: id, name, email, seenAtMillis };
  const terms = [id, name, email].filter((term) => term !== undefined).sort(compareTerms);
  return [
    { field: 'accountRegions', term: accountId, value: region },
    ...[...new Set(terms)].map((term) => ({ ...person, term })),
    { field: 'resources', accountId, term: target.name, value: target.name },
    ...renamesOf(entry).map((rename) => ({ field: 'resources' as const, accountId, ...rename })),
    targetRowOf(entry),
  ];
}

/** Whether the row leads from a former name of a service or resource to a later one. */
export function isRename({ field, term, value }: DirectoryRow): boolean {
  return field === 'resources' && term !== value;
}

/**
 * Returns the former name as the term and the new name as the value, if the action changed the name. The names are those
 * in the states, one of which is the name of the target.
 */
function renamesOf({ decision, before, after, target }: LogEntry): Pick<DirectoryRow, 'term' | 'value'>[] {
  const [term, value] = [before?.name, after?.name];
  if (decision === 'DENIED' || typeof term !== 'string' || typeof value !== 'string') return [];
  const isNameOfTarget = target.name === term || target.name === value;
  return isNameOfTarget && term !== value && [term, value].every(isTargetName) ? [{ term, value }] : [];
}

function isTargetName(name: string): boolean {
  return targetSchema.shape.name.safeParse(name).success;
}

/** A user's name is replaced at most once in this time, even if two services report different names for the user. */
export const renameAfterMillis = 24 * 60 * 60 * 1000;

/** Returns the row that replaces `stored` after `seen` occurred, or `undefined` if `stored` is still valid. */
export function replacementOf(stored: DirectoryRow, seen: DirectoryRow): DirectoryRow | undefined {
  if (stored.seenAtMillis === undefined || seen.seenAtMillis === undefined) return undefined;
  if (seen.seenAtMillis < stored.seenAtMillis + renameAfterMillis) return undefined;
  const { name = stored.name, email = stored.email } = seen;
  return name === stored.name && email === stored.email ? undefined : { ...seen, name, email };
}
