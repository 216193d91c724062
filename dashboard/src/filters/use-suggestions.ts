// Suggested filter values: from the directory, the current filters, loaded entries, and fixed lists.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { exactTerm, parseTerm } from '../../../core/query/filter-grammar.ts';
import { type FilterName, type Filters, filterNames } from '../../../core/query/filters.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { useApi } from '../api/api-provider.tsx';
import { fixedOptions, type Option } from './properties.ts';
import { type SuggestionPage, type SuggestionQuery, servicesOf, suggest } from './suggest.ts';

/** Debounce interval before a request to the directory. */
const debounceMillis = 150;

/** Filters whose values are suggested for free text. */
const freeTextNames: readonly FilterName[] = ['resource', 'user', 'account', 'region'];

const nothing: SuggestionPage = { options: [], hasMore: false };

export interface Suggestions {
  readonly options: readonly Option[];
  /** Whether there are more matching values. */
  readonly hasMore: boolean;
  readonly status: PropertyFilterProps.StatusType;
  readonly onLoadItems: (detail: PropertyFilterProps.LoadItemsDetail) => void;
  readonly nameOfUser: (id: string) => string | undefined;
}

export function useSuggestions(filters: Filters, items: readonly ListItem[]): Suggestions {
  const api = useApi();
  const [query, setQuery] = useState<SuggestionQuery>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const { account } = filters;
  const answer = useQuery({
    queryKey: ['suggestions', query, account],
    enabled: query !== undefined,
    // The directory changes as new events are recorded.
    staleTime: 30_000,
    queryFn: ({ signal }) => suggest(api, query ?? { names: [], text: '' }, account, signal),
  });
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const { options: suggested, hasMore } = answer.data ?? nothing;
  const options = useMemo(
    () => joinOptions(suggested, inUse(filters), seenIn(items, query?.names), fixedOptions),
    [suggested, filters, items, query],
  );
  const collected = useMemo(() => collectNames(names, items, suggested), [names, items, suggested]);
  if (collected !== names) setNames(collected);
  return {
    options,
    hasMore,
    status: answer.isFetching ? 'loading' : answer.isError ? 'error' : 'finished',
    onLoadItems: ({ filteringProperty, filteringText, samePage }) => {
      if (samePage) void answer.refetch();
      const name = filterNames.find((known) => known === filteringProperty?.key);
      const next = { names: name === undefined ? freeTextNames : [name], text: filteringText.trim() };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setQuery(next), debounceMillis);
    },
    nameOfUser: (id) => collected.get(id),
  };
}

/** The current filter values. The property filter drops values that are not among its options. */
function inUse(filters: Filters): Option[] {
  return filterNames.flatMap((name) =>
    (filters[name] ?? []).map((term) => ({ propertyKey: name, value: term.replace(/^!/, '') })),
  );
}

/**
 * Values of loaded entries, for filters that the directory does not cover. Services only if their filter is chosen,
 * because free text means a name first.
 */
function seenIn(items: readonly ListItem[], names: readonly FilterName[] = []): Option[] {
  const areServicesWanted = names.includes('service');
  return items.flatMap(({ environment, target }) => [
    ...(environment === undefined ? [] : [{ propertyKey: 'environment', value: exactTerm(environment) }]),
    { propertyKey: 'type', value: exactTerm(target.type) },
    ...(areServicesWanted ? servicesOf(target) : []).map((name) => ({
      propertyKey: 'service',
      value: exactTerm(name),
    })),
  ]);
}

/** Deduplicates options. Earlier lists take precedence unless they have no label. */
function joinOptions(...lists: readonly (readonly Option[])[]): Option[] {
  const joined = new Map<string, Option>();
  for (const option of lists.flat()) {
    const key = `${option.propertyKey} ${option.value}`;
    const known = joined.get(key);
    if (known === undefined || (known.label === undefined && option.label !== undefined))
      joined.set(key, option);
  }
  return [...joined.values()].map((option) => ({
    ...option,
    label: escapeUnsafe(option.label ?? option.value),
  }));
}

/** Adds user names from entries and suggestions. Returns the same map if there are no new ones. */
function collectNames(
  known: ReadonlyMap<string, string>,
  items: readonly ListItem[],
  options: readonly Option[],
): ReadonlyMap<string, string> {
  const fresh = new Map<string, string>();
  for (const { user } of items) if (user.name !== undefined) fresh.set(user.id, user.name);
  for (const { propertyKey, value, label } of options) {
    const reading = parseTerm(value);
    if (propertyKey !== 'user' || 'problem' in reading) continue;
    const id = reading.term.text;
    const suffix = ` (${escapeUnsafe(id)})`;
    if (label?.endsWith(suffix)) fresh.set(id, label.slice(0, -suffix.length));
  }
  const isKnown = [...fresh].every(([id]) => known.has(id));
  return isKnown ? known : new Map([...known, ...fresh]);
}
