// Asks the directory for values to choose from while somebody types a filter.
import type { DirectoryField, DirectoryPage } from '../../../client/client.ts';
import type { FilterName } from '../../../core/query/query.ts';
import { type Directory, findPeople } from './people.ts';
import type { Option } from './properties.ts';

const suggestionsOfOne = 50;
const suggestionsOfMany = 10;

/** Which list of the directory has the values of a filter. */
const directoryOf: Readonly<Partial<Record<FilterName, DirectoryField>>> = {
  user: 'users',
  account: 'accounts',
  region: 'regions',
  resource: 'resources',
  service: 'resources',
};

export interface Wanted {
  /** Filters whose values are wanted; several for a word that names no filter. */
  readonly names: readonly FilterName[];
  readonly text: string;
}

export interface Suggested {
  readonly options: readonly Option[];
  /** Whether values that match were left out. */
  readonly hasMore: boolean;
}

/** Values that begin with the text, up to a number of each filter. Fails as the API does. */
export async function suggest(
  api: Directory,
  { names, text }: Wanted,
  account: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Suggested> {
  const limit = names.length === 1 ? suggestionsOfOne : suggestionsOfMany;
  const lists = await Promise.all(
    names.map(async (name) => {
      // One more than is shown tells whether there are more.
      const values = await findValues(api, { name, text, account, limit: limit + 1 }, signal);
      return { name, values };
    }),
  );
  return {
    options: lists.flatMap(({ name, values }) =>
      values.slice(0, limit).map((value) => toOption(name, value, text)),
    ),
    // Before a word is typed, filters are chosen from, not values.
    hasMore: (names.length === 1 || text !== '') && lists.some(({ values }) => values.length > limit),
  };
}

interface ValuesQuery {
  readonly name: FilterName;
  readonly text: string;
  readonly account: readonly string[] | undefined;
  readonly limit: number;
}

async function findValues(
  api: Directory,
  { name, text, account, limit }: ValuesQuery,
  signal: AbortSignal,
): Promise<DirectoryPage['values']> {
  const field = directoryOf[name];
  if (field === undefined || text.length > 128) return [];
  if (name === 'user' && text !== '') return [...(await findPeople(api, { text, account, limit }, signal))];
  const inAccounts = field === 'accounts' || account === undefined ? {} : { account: [...account] };
  const query = { limit, ...inAccounts, ...(text !== '' && { prefix: text }) };
  return (await api.listDirectory(field, query, { signal })).values;
}

function toOption(name: FilterName, seen: DirectoryPage['values'][number], text: string): Option {
  const { value } = seen;
  const label = seen.name === undefined ? value : `${seen.name} (${value})`;
  const tags = seen.email === undefined ? [] : [seen.email];
  // The directory knows more ways of writing; what it has found shall not be dropped by the property filter.
  const isPlain = [label, ...tags].some((shown) => shown.toLowerCase().includes(text.toLowerCase()));
  const filteringTags = isPlain ? [] : [text];
  return { propertyKey: name, value, label, tags, filteringTags };
}
