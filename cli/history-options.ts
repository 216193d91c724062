// Reads the options of the history command. The API's own parser validates them, so that both accept the same values.
import { parseHistoryQuery } from '../core/history/history-query.ts';
import { RequestLogsError } from '../core/values/errors.ts';
import { omitUndefined } from '../core/values/json.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { HistoryCommand } from './commands.ts';
import { type Given, quote, readMoment, readSingle, rejectCombination } from './given-options.ts';
import { momentForms, parseMoment } from './moments.ts';
import { toOptionName } from './options.ts';

/** Joins the two times of `--diff FROM TO` with a comma, as the API accepts them. */
export function joinDiffTimes(argv: readonly string[]): string[] {
  const at = argv.indexOf('--diff');
  const [from = '', to = ''] = at < 0 ? [] : argv.slice(at + 1, at + 3);
  if (from === '' || to === '' || from.includes(',') || [from, to].some((time) => time.startsWith('-')))
    return [...argv];
  return [...argv.slice(0, at), `--diff=${from},${to}`, ...argv.slice(at + 3)];
}

/** Returns the history command for a target. Throws UsageError. */
export function readHistory(given: Given, target: string | undefined, now: () => number): HistoryCommand {
  if (target === undefined || target === '') {
    throw new UsageError('history requires the ID of a service or resource, as shown by `show`');
  }
  rejectCombination(given, 'at', 'diff');
  rejectCombination(given, 'at', 'all');
  const query = omitUndefined({
    target,
    account: readOnce(given, 'account'),
    region: readOnce(given, 'region'),
    type: readOnce(given, 'type'),
    at: readMoment(given, 'at', now),
    diff: readDiff(given, now),
    knownAt: readMoment(given, 'known-at', now),
  }) as HistoryCommand['query'];
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) parameters.append(name, String(value));
  try {
    parseHistoryQuery(parameters.toString());
  } catch (error) {
    if (!(error instanceof RequestLogsError)) throw error;
    const message = error.message.replace(/\b[a-z]+[A-Z]\w*/g, toOptionName);
    throw new UsageError(error.field === 'target' ? message : `--${message}`);
  }
  return { name: 'history', query, isAll: given.has('all'), output: given.has('json') ? 'json' : 'text' };
}

/** Reads an option that other commands accept several times. */
function readOnce(given: Given, name: string): string | undefined {
  if ((given.get(name)?.length ?? 0) > 1) throw new UsageError(`--${name} can be used only once`);
  return readSingle(given, name);
}

function readDiff(given: Given, now: () => number): string | undefined {
  const text = readSingle(given, 'diff');
  if (text === undefined) return undefined;
  const times = text.split(',');
  const moments = times.map((time) => parseMoment(time, now));
  if (times.length !== 2) {
    throw new UsageError(`--diff requires two times, the earlier one first; got ${quote(text)}`);
  }
  if (moments.includes(undefined)) throw new UsageError(`--diff must be ${momentForms}; got ${quote(text)}`);
  return moments.join(',');
}
