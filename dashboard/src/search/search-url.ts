// The search as the query string of the page's address, in the API's own parameter names where it has one. Whatever
// stands there, reading it never fails: what cannot be searched is kept, for search-mistake.ts and the API to name it.
import { type FilterName, type Filters, filterNames, filterRules } from '../../../core/query/query.ts';
import { maxAmount, type RangeUnit, type Search, type TimeRange } from './search.ts';

const unitLetters: Readonly<Record<RangeUnit, string>> = { minute: 'm', hour: 'h', day: 'd', week: 'w' };
const unitOf: Readonly<Record<string, RangeUnit>> = { m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** The query string without `?`; empty for a search for everything. */
export function encodeSearch({ filters, range, order }: Search): string {
  const parameters = new URLSearchParams();
  for (const name of filterNames) {
    for (const value of filters[name] ?? []) parameters.append(name, value);
  }
  if (range.type === 'last') parameters.set('last', `${range.amount}${unitLetters[range.unit]}`);
  if (range.type === 'unreadable') parameters.set('last', range.last);
  if (range.type === 'between' || range.type === 'unreadable') {
    if (range.from !== undefined) parameters.set('from', range.from);
    if (range.to !== undefined) parameters.set('to', range.to);
  }
  if (order === 'asc') parameters.set('order', order);
  return parameters.toString();
}

/** The search in a query string; what is none of its parameters is passed over. */
export function decodeSearch(queryString: string): Search {
  const parameters = new URLSearchParams(queryString);
  return {
    filters: decodeFilters(parameters),
    range: decodeRange(parameters),
    order: parameters.get('order') === 'asc' ? 'asc' : 'desc',
  };
}

function decodeFilters(parameters: URLSearchParams): Filters {
  const filters: { [name in FilterName]?: readonly string[] } = {};
  for (const name of filterNames) {
    const values = parameters.getAll(name).filter((value) => value !== '');
    if (values.length > 0) filters[name] = toValues(name, values);
  }
  return filters;
}

/** Values of a filter as the API reads them, sorted and without repeats; one that it would refuse stays as it is. */
export function toValues(name: FilterName, values: readonly string[]): readonly string[] {
  return [...new Set(values.map((value) => filterRules[name].read(value) ?? value))].sort();
}

function decodeRange(parameters: URLSearchParams): TimeRange {
  // What is given twice is told of: joined, it is no range and no time.
  const read = (name: string) => parameters.getAll(name).filter(Boolean).join(',') || undefined;
  const [last, from, to] = [read('last'), read('from'), read('to')];
  const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const hasBounds = from !== undefined || to !== undefined;
  if (last === undefined) return hasBounds ? { type: 'between', ...bounds } : { type: 'any' };
  const range = hasBounds ? undefined : decodeLast(last);
  return range ?? { type: 'unreadable', last, ...bounds };
}

function decodeLast(last: string): TimeRange | undefined {
  const match = /^([1-9]\d*)([mhdw])$/.exec(last);
  const [amount, unit] = [Number(match?.[1]), unitOf[match?.[2] ?? '']];
  return unit !== undefined && amount <= maxAmount ? { type: 'last', amount, unit } : undefined;
}
