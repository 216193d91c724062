// Loads suggested filter values from the directory. Services are found among the entries of services, because the
// directory lists services and resources together.
import type { DirectoryField, DirectoryPage, ListItem, RequestLogsClient } from '../../../client/client.ts';
import { lengthOf } from '../../../core/contract/text-length.ts';
import { exactTerm, parseTerm, prefixTerm } from '../../../core/query/filter-grammar.ts';
import type { FilterName } from '../../../core/query/filters.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { findPeople } from './people.ts';
import type { Option } from './properties.ts';

const maxForOneFilter = 50;
const maxPerFilter = 10;

/** The directory field that lists the values of a filter. */
const directoryOf: Readonly<Partial<Record<FilterName, DirectoryField>>> = {
  user: 'users',
  account: 'accounts',
  region: 'regions',
  resource: 'resources',
};

export type SuggestionSource = Pick<RequestLogsClient, 'listDirectory' | 'listEntries'>;

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
  api: SuggestionSource,
  { names, text }: SuggestionQuery,
  account: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<SuggestionPage> {
  const limit = names.length === 1 ? maxForOneFilter : maxPerFilter;
  const prefix = toPrefix(text);
  const lists = await Promise.all(
    names.map(async (name) => {
      // Requests one more than is shown, to know whether there are more.
      const { values, hasMore } = await findValues(
        api,
        { name, text: prefix, account, limit: limit + 1 },
        signal,
      );
      return { name, values: values.slice(0, limit), hasMore: hasMore || values.length > limit };
    }),
  );
  return {
    options: lists.flatMap(({ name, values }) => values.map((value) => toOption(name, value, text))),
    // Before any text is entered, the user chooses a filter, not a value.
    hasMore: (names.length === 1 || text !== '') && lists.some(({ hasMore }) => hasMore),
  };
}

type SuggestedValue = Pick<DirectoryPage['values'][number], 'value' | 'name' | 'email'>;

interface FoundValues {
  readonly values: readonly SuggestedValue[];
  /** Whether there are more, even if fewer than the limit were found. */
  readonly hasMore?: boolean;
}

interface ValuesQuery {
  readonly name: FilterName;
  readonly text: string;
  readonly account: readonly string[] | undefined;
  readonly limit: number;
}

async function findValues(
  api: SuggestionSource,
  { name, text, account, limit }: ValuesQuery,
  signal: AbortSignal,
): Promise<FoundValues> {
  if (name === 'service') return findServices(api, { text, account, limit }, signal);
  const field = directoryOf[name];
  if (field === undefined || lengthOf(text) > 128) return { values: [] };
  if (name === 'user' && text !== '')
    return { values: await findPeople(api, { text, account, limit }, signal) };
  const inAccounts = field === 'accounts' || account === undefined ? {} : { account: [...account] };
  const query = { limit, ...inAccounts, ...(text !== '' && { prefix: text }) };
  return { values: (await api.listDirectory(field, query, { signal })).values };
}

/** The service of a target: itself, or the one that it is attached to. */
export function servicesOf({ kind, name, serviceName }: ListItem['target']): string[] {
  return kind === 'SERVICE' ? [name] : serviceName === undefined ? [] : [serviceName];
}

/** Entries of services to look at. Several can be of the same service. */
const maxServiceEntries = 100;

async function findServices(
  api: SuggestionSource,
  { text, account, limit }: Omit<ValuesQuery, 'name'>,
  signal: AbortSignal,
): Promise<FoundValues> {
  if (lengthOf(text) > 128) return { values: [] };
  const query = {
    kind: ['SERVICE' as const],
    limit: maxServiceEntries,
    ...(text !== '' && { resource: [prefixTerm(text)] }),
    ...(account !== undefined && { account: [...account] }),
  };
  const { items, complete } = await api.listEntries(query, { signal });
  const names = new Set(items.flatMap(({ target }) => servicesOf(target)));
  const values = [...names].sort().map((value) => ({ value }));
  return { values: values.slice(0, limit), hasMore: !complete };
}

/** Returns the text with which values must begin. The text in the filter is a term, or the beginning of one. */
function toPrefix(text: string): string {
  const reading = parseTerm(text);
  return 'term' in reading ? reading.term.text : text.replace(/\*+$/, '');
}

function toOption(name: FilterName, seen: SuggestedValue, text: string): Option {
  const value = exactTerm(seen.value);
  const label = escapeUnsafe(seen.name === undefined ? value : `${seen.name} (${seen.value})`);
  const tags = seen.email === undefined ? [] : [escapeUnsafe(seen.email)];
  // The directory ignores differences in spelling that the property filter does not. The tag keeps its matches.
  const isPlain = [label, ...tags].some((shown) => shown.toLowerCase().includes(text.toLowerCase()));
  const filteringTags = isPlain ? [] : [text];
  return { propertyKey: name, value, label, tags, filteringTags };
}
