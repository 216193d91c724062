// Whether an entry answers a query. Every plan ends in this check, so that whatever index is read the answer is
// the same.
import { type Caller, canSeeAccount } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';
import { hasPrefix } from '../values/folded-text.ts';
import { type FilterName, isPrefix, type Query } from './query.ts';

const filterValues: Record<FilterName, (item: ListItem) => readonly (string | undefined)[]> = {
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
};

function isAmong(value: string, wanted: readonly string[]): boolean {
  return wanted.includes(value);
}

/** A wanted name that ends in `*` is a prefix, upper and lower case alike. */
function isNamed(name: string, wanted: readonly string[]): boolean {
  return wanted.some((one) => (isPrefix(one) ? hasPrefix(name, one.slice(0, -1)) : one === name));
}

/** Whether the entry is still shown: its retention has not ended. */
export function isCurrent(item: Pick<ListItem, 'expiresAt'>, nowMillis: number): boolean {
  return item.expiresAt === undefined || item.expiresAt * 1000 > nowMillis;
}

/** Whether the caller may see the entry and every filter of the query has a value that it has. */
export function matches(item: ListItem, query: Query, caller: Caller, nowMillis: number): boolean {
  const time = timeOf(item.id);
  if (time < query.fromMillis || time > query.toMillis) return false;
  if (!isCurrent(item, nowMillis) || !canSeeAccount(caller, item.accountId)) return false;
  for (const [name, wanted] of Object.entries(query.filters) as [FilterName, readonly string[]][]) {
    const isWanted = name === 'resource' ? isNamed : isAmong;
    const values = filterValues[name](item);
    if (!values.some((value) => value !== undefined && isWanted(value, wanted))) return false;
  }
  return true;
}
