// Values to choose from while somebody types a filter: the directory's, those in use, and the fixed ones.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DirectoryField, DirectoryPage, ListItem, RequestLogsClient } from '../../../client/client.ts';
import { type FilterName, type Filters, filterNames } from '../../../core/query.ts';
import { useApi } from '../api/api-provider.tsx';
import { findPeople } from './people.ts';
import { fixedOptions, type Option } from './properties.ts';

/** How long somebody must pause before the directory is asked. */
const pauseMillis = 150;
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

/** Filters whose values are suggested for a word that names no filter. */
const freeTextNames: readonly FilterName[] = ['resource', 'user', 'account', 'region'];

interface Wanted {
  readonly names: readonly FilterName[];
  readonly text: string;
}

export interface Suggestions {
  readonly options: readonly Option[];
  readonly status: PropertyFilterProps.StatusType;
  readonly onLoadItems: (detail: PropertyFilterProps.LoadItemsDetail) => void;
  readonly nameOfUser: (id: string) => string | undefined;
}

export function useSuggestions(filters: Filters, items: readonly ListItem[]): Suggestions {
  const api = useApi();
  const [wanted, setWanted] = useState<Wanted>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const { account } = filters;
  const answer = useQuery({
    queryKey: ['suggestions', wanted, account],
    enabled: wanted !== undefined,
    // The directory grows while people work.
    staleTime: 30_000,
    queryFn: ({ signal }) => suggest(api, wanted ?? { names: [], text: '' }, account, signal),
  });
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const options = useMemo(
    () => joinOptions(answer.data ?? [], inUse(filters), seenIn(items), fixedOptions),
    [answer.data, filters, items],
  );
  const learned = useMemo(() => learnNames(names, items, answer.data ?? []), [names, items, answer.data]);
  if (learned !== names) setNames(learned);
  return {
    options,
    status: answer.isFetching ? 'loading' : answer.isError ? 'error' : 'finished',
    onLoadItems: ({ filteringProperty, filteringText, samePage }) => {
      if (samePage) void answer.refetch();
      const name = filterNames.find((known) => known === filteringProperty?.key);
      const next = { names: name === undefined ? freeTextNames : [name], text: filteringText.trim() };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setWanted(next), pauseMillis);
    },
    nameOfUser: (id) => learned.get(id),
  };
}

async function suggest(
  api: RequestLogsClient,
  { names, text }: Wanted,
  account: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Option[]> {
  const limit = names.length === 1 ? suggestionsOfOne : suggestionsOfMany;
  const lists = names.map(async (name) => {
    const field = directoryOf[name];
    if (field === undefined || text.length > 128) return [];
    if (name === 'user' && text !== '') {
      const people = await findPeople(api, { text, account, limit }, signal);
      return people.map((value) => toOption(name, value, text));
    }
    const inAccounts = field === 'accounts' || account === undefined ? {} : { account: [...account] };
    const query = { limit, ...inAccounts, ...(text !== '' && { prefix: text }) };
    const { values } = await api.listDirectory(field, query, { signal });
    return values.map((value) => toOption(name, value, text));
  });
  return (await Promise.all(lists)).flat();
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

/** The values that are chosen: the property filter drops what it is not offered. */
function inUse(filters: Filters): Option[] {
  return filterNames.flatMap((name) => (filters[name] ?? []).map((value) => ({ propertyKey: name, value })));
}

/** Values of loaded entries, for filters that the directory does not list. */
function seenIn(items: readonly ListItem[]): Option[] {
  return items.flatMap(({ environment, target }) => [
    ...(environment === undefined ? [] : [{ propertyKey: 'environment', value: environment }]),
    { propertyKey: 'type', value: target.type },
  ]);
}

/** Every value of a filter once; what comes first knows its label best. */
function joinOptions(...lists: readonly (readonly Option[])[]): Option[] {
  const joined = new Map<string, Option>();
  for (const option of lists.flat()) {
    const key = `${option.propertyKey} ${option.value}`;
    const known = joined.get(key);
    if (known === undefined || (known.label === undefined && option.label !== undefined))
      joined.set(key, option);
  }
  return [...joined.values()];
}

/** The names of users with those of entries and suggestions; the same map when there is nothing to learn. */
function learnNames(
  known: ReadonlyMap<string, string>,
  items: readonly ListItem[],
  options: readonly Option[],
): ReadonlyMap<string, string> {
  const fresh = new Map<string, string>();
  for (const { user } of items) if (user.name !== undefined) fresh.set(user.id, user.name);
  for (const { propertyKey, value, label } of options) {
    const suffix = ` (${value})`;
    if (propertyKey === 'user' && label?.endsWith(suffix)) fresh.set(value, label.slice(0, -suffix.length));
  }
  const isKnown = [...fresh].every(([id]) => known.has(id));
  return isKnown ? known : new Map([...known, ...fresh]);
}
