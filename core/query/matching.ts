// Decides whether an entry matches a query. Every plan applies this check, so that the answer does not depend on the
// index that is read.
import { type Caller, canSeeAccount } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';
import { type DetailFilterName, detailFilterNames, type FilterName, type Filters } from './filters.ts';
import type { Query } from './query.ts';
import { TermSet } from './term-set.ts';

/** The filters on what the list view contains. */
export type ViewFilterName = Exclude<FilterName, DetailFilterName>;

/** What the filters on the list view compare. */
export type Filterable = Pick<
  ListItem,
  'action' | 'user' | 'accountId' | 'region' | 'target' | 'environment' | 'verdict'
>;

const filterValues: Record<ViewFilterName, (item: Filterable) => readonly (string | undefined)[]> = {
  action: (item) => [item.action],
  user: (item) => [item.user.id],
  account: (item) => [item.accountId],
  region: (item) => [item.region],
  resource: (item) => [item.target.name],
  service: ({ target }) => [target.kind === 'SERVICE' ? target.name : undefined, target.serviceName],
  target: (item) => [item.target.id],
  kind: (item) => [item.target.kind],
  type: (item) => [item.target.type],
  environment: (item) => [item.environment],
  verdict: (item) => [item.verdict],
  actorType: (item) => [item.user.type],
  // A list item does not show it: the plan reads only partitions of disputed entries.
  disputed: () => ['true'],
};

/** Returns the values of an entry that a filter compares. An entry can have no value for it. */
export function valuesOf(name: ViewFilterName, item: ListItem): readonly (string | undefined)[] {
  return filterValues[name](item);
}

/** The parsed filters of a query, which is matched against many entries. */
const parsedFilters = new WeakMap<Filters, readonly (readonly [ViewFilterName, TermSet])[]>();

function parseFilters(filters: Filters): readonly (readonly [ViewFilterName, TermSet])[] {
  const parsed =
    parsedFilters.get(filters) ??
    Object.entries(filters).flatMap(([name, terms]) =>
      isViewFilter(name) ? [[name, new TermSet(terms)] as const] : [],
    );
  parsedFilters.set(filters, parsed);
  return parsed;
}

function isViewFilter(name: string): name is ViewFilterName {
  return !(detailFilterNames as readonly string[]).includes(name);
}

/** Whether the entry has not expired. */
export function isCurrent(item: Pick<ListItem, 'expiresAt'>, nowMillis: number): boolean {
  return item.expiresAt === undefined || item.expiresAt * 1000 > nowMillis;
}

function isRecordedWithin({ recordedAt }: ListItem, query: Query): boolean {
  const { recordedFromMillis = 0, recordedToMillis = Number.POSITIVE_INFINITY } = query;
  const recordedMillis = Date.parse(recordedAt);
  return recordedMillis >= recordedFromMillis && recordedMillis <= recordedToMillis;
}

/**
 * Whether the caller can see the entry and the entry matches every filter on its list view. Filters on its details are not
 * checked.
 */
export function matches(item: ListItem, query: Query, caller: Caller, nowMillis: number): boolean {
  const time = timeOf(item.id);
  if (time < query.fromMillis || time > query.toMillis) return false;
  if (!isRecordedWithin(item, query)) return false;
  if (!isCurrent(item, nowMillis) || !canSeeAccount(caller, item.accountId)) return false;
  return matchesTerms(item, query.filters);
}

function matchesTerms(item: Filterable, filters: Filters): boolean {
  return parseFilters(filters).every(([name, terms]) => terms.acceptsOneOf(filterValues[name](item)));
}

/** Like `matches`, without the times: those that `matches` checks, and when the entry expires. */
export function matchesFilters(item: Filterable, filters: Filters, caller: Caller): boolean {
  return canSeeAccount(caller, item.accountId) && matchesTerms(item, filters);
}
