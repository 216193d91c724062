// People by any word of their names. The directory knows what an id, a whole name or an e-mail address begins with; a
// surname is looked for among the users it lists first.
import type { DirectoryPage, DirectoryQuery, RequestLogsClient } from '../../../client/client.ts';
import { isPrefix, maxLimit } from '../../../core/query/query.ts';
import { foldTerm, hasPrefix } from '../../../core/values/folded-text.ts';

export type Person = DirectoryPage['values'][number];

export type Directory = Pick<RequestLogsClient, 'listDirectory'>;

export interface PeopleQuery {
  readonly text: string;
  /** Only who was seen in these accounts. */
  readonly account: readonly string[] | undefined;
  readonly limit: number;
}

/** Longest text that the directory takes as a prefix. */
const maxTextLength = 128;

/**
 * Users whose id, name or address begins with the text; if there are none, those of whose names another word does,
 * among the first `maxLimit` users. Fails as the API does.
 */
export async function findPeople(
  api: Directory,
  { text, account, limit }: PeopleQuery,
  signal: AbortSignal,
): Promise<readonly Person[]> {
  if (text.length > maxTextLength) return [];
  const inAccounts: DirectoryQuery = account === undefined ? {} : { account: [...account] };
  const begun = await api.listDirectory('users', { ...inAccounts, limit, prefix: text }, { signal });
  if (begun.values.length > 0) return begun.values;
  const { values } = await api.listDirectory('users', { ...inAccounts, limit: maxLimit }, { signal });
  return values.filter(({ name }) => name !== undefined && hasWord(name, text)).slice(0, limit);
}

/**
 * The id of the one person whom a bare text means; `undefined` when a resource's name begins so, when nobody is meant,
 * or several are and none exactly.
 */
export async function findPersonMeant(
  api: Directory,
  { text, account }: Pick<PeopleQuery, 'text' | 'account'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (isPrefix(text) || text.length > maxTextLength) return undefined;
  const [resources, people] = await Promise.all([
    api.listDirectory('resources', { prefix: text, limit: 1 }, { signal }),
    findPeople(api, { text, account, limit: 10 }, signal),
  ]);
  if (resources.values.length > 0) return undefined;
  const exact = people.filter(({ value, name, email }) =>
    [value, name, email].some((term) => term !== undefined && foldTerm(term) === foldTerm(text)),
  );
  const meant = exact.length > 0 ? exact : people;
  return meant.length === 1 ? meant[0]?.value : undefined;
}

/** Whether the text begins at a word of the name. */
function hasWord(name: string, text: string): boolean {
  const starts = [...name.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)].map(({ index }) => index);
  return starts.some((start) => hasPrefix(name.slice(start), text));
}
