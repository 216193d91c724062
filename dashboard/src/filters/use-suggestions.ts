// Values to choose from while somebody types a filter: the directory's, those in use, and the fixed ones.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { type FilterName, type Filters, filterNames } from '../../../core/query/query.ts';
import { useApi } from '../api/api-provider.tsx';
import { fixedOptions, type Option } from './properties.ts';
import { type Suggested, suggest, type Wanted } from './suggest.ts';

/** How long somebody must pause before the directory is asked. */
const pauseMillis = 150;

/** Filters whose values are suggested for a word that names no filter. */
const freeTextNames: readonly FilterName[] = ['resource', 'user', 'account', 'region'];

const nothing: Suggested = { options: [], hasMore: false };

export interface Suggestions {
  readonly options: readonly Option[];
  /** Whether more of what was logged matches than is offered. */
  readonly hasMore: boolean;
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
  const { options: suggested, hasMore } = answer.data ?? nothing;
  const options = useMemo(
    () => joinOptions(suggested, inUse(filters), seenIn(items), fixedOptions),
    [suggested, filters, items],
  );
  const learned = useMemo(() => learnNames(names, items, suggested), [names, items, suggested]);
  if (learned !== names) setNames(learned);
  return {
    options,
    hasMore,
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
