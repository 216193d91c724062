// Finds users by any word of their names. The directory matches only the beginning of an ID, full name or email address,
// so other words are looked up among the first users that it lists.
import type { DirectoryPage, DirectoryQuery, RequestLogsClient } from '../../../client/client.ts';
import { lengthOf } from '../../../core/contract/text-length.ts';
import { maxLimit } from '../../../core/query/query.ts';
import { foldTerm, hasPrefix } from '../../../core/values/folded-text.ts';

export type Person = DirectoryPage['values'][number];

export type Directory = Pick<RequestLogsClient, 'listDirectory'>;

export interface PeopleQuery {
  readonly text: string;
  /** Only users seen in these accounts. */
  readonly account: readonly string[] | undefined;
  readonly limit: number;
}

/** Maximum length of a directory prefix, in characters. */
const maxTextLength = 128;

/**
 * Finds users whose ID, name or email address begins with the text. If there are none, finds users with another word of
 * the name that does, among the first `maxLimit` users. Rejects with the API's error.
 */
export async function findPeople(
  api: Directory,
  { text, account, limit }: PeopleQuery,
  signal: AbortSignal,
): Promise<readonly Person[]> {
  if (lengthOf(text) > maxTextLength) return [];
  const inAccounts: DirectoryQuery = account === undefined ? {} : { account: [...account] };
  const matches = await api.listDirectory('users', { ...inAccounts, limit, prefix: text }, { signal });
  if (matches.values.length > 0) return matches.values;
  const { values } = await api.listDirectory('users', { ...inAccounts, limit: maxLimit }, { signal });
  return values.filter(({ name }) => name !== undefined && hasWord(name, text)).slice(0, limit);
}

/**
 * Returns the ID of the user that a free text identifies. `undefined` if it matches no user, or several users and none of
 * them exactly.
 */
export async function findPersonByText(
  api: Directory,
  { text, account }: Pick<PeopleQuery, 'text' | 'account'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const people = await findPeople(api, { text, account, limit: 10 }, signal);
  const exact = people.filter(({ value, name, email }) =>
    [value, name, email].some((term) => term !== undefined && foldTerm(term) === foldTerm(text)),
  );
  const candidates = exact.length > 0 ? exact : people;
  return candidates.length === 1 ? candidates[0]?.value : undefined;
}

/** Whether the text matches the name from the beginning of any of its words. */
function hasWord(name: string, text: string): boolean {
  const starts = [...name.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)].map(({ index }) => index);
  return starts.some((start) => hasPrefix(name.slice(start), text));
}
