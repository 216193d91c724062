// Encodes the search in the query string of the page's URL, with the API's parameter names where they exist. Decoding
// never fails: invalid values are kept, so that invalid-search.ts and the API can report them.
import { toQueryString } from '../../../client/query-string.ts';
import { splitTerms } from '../../../core/query/filter-grammar.ts';
import { type FilterName, type Filters, filterNames, normalizeTerms } from '../../../core/query/filters.ts';
import { maxAmount, type RangeUnit, readRecorded, type Search, type TimeRange } from './search.ts';

const unitLetters: Readonly<Record<RangeUnit, string>> = { minute: 'm', hour: 'h', day: 'd', week: 'w' };
const unitOf: Readonly<Record<string, RangeUnit>> = { m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** Returns the query string without `?`. Empty for a search without filters. */
export function encodeSearch({ filters, range, recorded, order, groupBy, asOf }: Search): string {
  const inOrder = Object.fromEntries(filterNames.map((name) => [name, filters[name]]));
  const parameters = new URLSearchParams(toQueryString(inOrder));
  if (range.type === 'last') parameters.set('last', `${range.amount}${unitLetters[range.unit]}`);
  if (range.type === 'unreadable') parameters.set('last', range.last);
  if (range.type === 'between' || range.type === 'unreadable') {
    if (range.from !== undefined) parameters.set('from', range.from);
    if (range.to !== undefined) parameters.set('to', range.to);
  }
  for (const [name, bound] of Object.entries(recorded ?? {})) parameters.set(name, bound);
  if (order === 'asc') parameters.set('order', order);
  if (groupBy !== undefined) parameters.set('group', groupBy);
  if (asOf !== undefined) parameters.set('asOf', String(asOf));
  return parameters.toString();
}

/** Decodes a query string. Ignores unknown parameters. */
export function decodeSearch(queryString: string): Search {
  const parameters = new URLSearchParams(queryString);
  const asOf = readBound(parameters, 'asOf');
  return {
    filters: decodeFilters(parameters),
    range: decodeRange(parameters),
    ...readRecorded(readBound(parameters, 'recordedFrom'), readBound(parameters, 'recordedTo')),
    order: parameters.get('order') === 'asc' ? 'asc' : 'desc',
    ...(parameters.get('group') === 'target' && { groupBy: 'target' as const }),
    ...(asOf !== undefined && { asOf: /^\d{1,15}$/.test(asOf) ? Number(asOf) : Number.NaN }),
  };
}

/** Reads the filters with the API's grammar. An empty term is kept too, because the API rejects it. */
function decodeFilters(parameters: URLSearchParams): Filters {
  const filters: { [name in FilterName]?: readonly string[] } = {};
  for (const name of filterNames) {
    const terms = parameters.getAll(name).flatMap(splitTerms);
    if (terms.length > 0) filters[name] = normalizeTerms(name, terms);
  }
  return filters;
}

function decodeRange(parameters: URLSearchParams): TimeRange {
  const [last, from, to] = ['last', 'from', 'to'].map((name) => readBound(parameters, name));
  const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const hasBounds = from !== undefined || to !== undefined;
  if (last === undefined) return hasBounds ? { type: 'between', ...bounds } : { type: 'any' };
  const range = hasBounds ? undefined : decodeLast(last);
  return range ?? { type: 'unreadable', last, ...bounds };
}

/** A repeated parameter is joined, which makes it invalid, so that it is reported. */
function readBound(parameters: URLSearchParams, name: string): string | undefined {
  return parameters.getAll(name).filter(Boolean).join(',') || undefined;
}

function decodeLast(last: string): TimeRange | undefined {
  const match = /^([1-9]\d*)([mhdw])$/.exec(last);
  const [amount, unit] = [Number(match?.[1]), unitOf[match?.[2] ?? '']];
  return unit !== undefined && amount <= maxAmount ? { type: 'last', amount, unit } : undefined;
}
