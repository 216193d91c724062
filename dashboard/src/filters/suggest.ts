// Loads suggested filter values from the directory.
import type { DirectoryField, DirectoryPage } from '../../../client/client.ts';
import type { FilterName } from '../../../core/query/query.ts';
import { type Directory, findPeople } from './people.ts';
import type { Option } from './properties.ts';

const maxForOneFilter = 50;
const maxPerFilter = 10;

/** The directory field that lists the values of a filter. */
const directoryOf: Readonly<Partial<Record<FilterName, DirectoryField>>> = {
  user: 'users',
  account: 'accounts',
  region: 'regions',
  resource: 'resources',
  service: 'resources',
};

export interface SuggestionQuery {
  /** Filters to suggest values for. Several if the text does not name a filter. */
  readonly names: readonly FilterName[];
  readonly text: string;
}

export interface SuggestionPage {
  readonly options: readonly Option[];
  /** Whether there are more matching values. */
  readonly hasMore: boolean;
}

/** Returns values that begin with the text, up to a maximum for each filter. Rejects with the API's error. */
export async function suggest(
  api: Directory,
  { names, text }: SuggestionQuery,
  account: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<SuggestionPage> {
  const limit = names.length === 1 ? maxForOneFilter : maxPerFilter;
  const lists = await Promise.all(
    names.map(async (name) => {
      // Requests one more than is shown, to know whether there are more.
      const values = await findValues(api, { name, text, account, limit: limit + 1 }, signal);
      return { name, values };
    }),
  );
  return {
    options: lists.flatMap(({ name, values }) =>
      values.slice(0, limit).map((value) => toOption(name, value, text)),
    ),
    // Before any text is entered, the user chooses a filter, not a value.
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
  // The directory ignores differences in spelling that the property filter does not. The tag keeps its matches.
  const isPlain = [label, ...tags].some((shown) => shown.toLowerCase().includes(text.toLowerCase()));
  const filteringTags = isPlain ? [] : [text];
  return { propertyKey: name, value, label, tags, filteringTags };
}
