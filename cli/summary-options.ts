// Reads the options of the summary command. The API's own parser validates them, so that both accept the same values.
import { parseSummaryQuery } from '../core/counts/summary-query.ts';
import { RequestLogsError } from '../core/values/errors.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { Search, SummaryCommand } from './commands.ts';
import { type Given, quote, readSingle } from './given-options.ts';
import { toOptionName } from './options.ts';

const defaultMaxRequests = 50;
const maxMaxRequests = 10_000;

/** The options that are parameters of the API, by parameter. */
const parameters = ['interval', 'timeZone', 'top', 'orderBy', 'asOf'] as const;

/** Returns the options of a summary. Throws UsageError. */
export function readSummaryOptions(
  given: Given,
  { from, to }: Search,
): Omit<SummaryCommand, 'name' | 'search'> {
  const query = new URLSearchParams();
  for (const fields of given.get('group-by') ?? []) query.append('groupBy', fields);
  for (const name of parameters) {
    const value = readSingle(given, toOptionName(name));
    if (value !== undefined) query.set(name, value);
  }
  if (given.has('compare')) query.set('compare', 'previous');
  if (from !== undefined) query.set('from', from);
  if (to !== undefined) query.set('to', to);
  const { groupBy, interval, orderBy, top, zone, isCompared, asOf } = parse(query, given);
  return {
    groupBy,
    interval: query.has('interval') ? (interval ?? 'auto') : undefined,
    timeZone: query.has('timeZone') ? zone.name : undefined,
    top,
    orderBy,
    isCompared,
    asOf,
    maxRequests: readMaxRequests(given),
    output: given.has('json') ? 'json' : 'table',
  };
}

function parse(query: URLSearchParams, given: Given) {
  try {
    return parseSummaryQuery(query.toString());
  } catch (error) {
    if (!(error instanceof RequestLogsError)) throw error;
    const option = toOptionName(error.field ?? '');
    const message = error.message
      .slice((error.field ?? '').length)
      .replace('groupBy=time', '--group-by time')
      .replace('compare=previous', '--compare')
      .replace('requires from', 'requires --from')
      .replace('requires to', 'requires --to')
      .replace('send recordedTo', 'use --recorded-to');
    const values = (given.get(option) ?? []).filter((value) => value !== '').map(quote);
    throw new UsageError(`--${option}${message}${values.length === 0 ? '' : `; got ${values.join(', ')}`}`);
  }
}

function readMaxRequests(given: Given): number {
  const text = readSingle(given, 'max-requests');
  if (text === undefined) return defaultMaxRequests;
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= maxMaxRequests) return count;
  throw new UsageError(
    `--max-requests must be a whole number from 1 to ${maxMaxRequests}; got ${quote(text)}`,
  );
}
