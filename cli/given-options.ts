// The options that were passed on the command line, before a command reads them.
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { momentForms, parseMoment } from './moments.ts';

/** The values of each option that was passed. A flag has one empty string for each time it was passed. */
export type Given = ReadonlyMap<string, readonly string[]>;

/** Returns the value of an option, or `undefined` if it was not passed. Throws UsageError if it is empty. */
export function readSingle(given: Given, name: string): string | undefined {
  const value = given.get(name)?.[0];
  if (value === '') throw new UsageError(`--${name} must not be empty`);
  return value;
}

/** Returns the text in quotation marks, safe to print. */
export function quote(text: string): string {
  return escapeForTerminal(JSON.stringify(text));
}

/** Returns the time in an option, in the format that the API accepts. Throws UsageError if it is no time. */
export function readMoment(
  given: Given,
  name: 'from' | 'to' | 'recorded-from' | 'recorded-to' | 'at' | 'known-at',
  now: () => number,
): string | undefined {
  const text = readSingle(given, name);
  if (text === undefined) return undefined;
  const moment = parseMoment(text, now);
  if (moment !== undefined) return moment;
  throw new UsageError(`--${name} must be ${momentForms}; got ${quote(text)}`);
}

/** Throws UsageError if both options were passed. */
export function rejectCombination(given: Given, left: string, right: string): void {
  if (given.has(left) && given.has(right)) {
    throw new UsageError(`--${left} and --${right} cannot be used together`);
  }
}
