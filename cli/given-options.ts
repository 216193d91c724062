// The options that were passed on the command line, before a command reads them.
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { UsageError } from '../terminal/usage-error.ts';

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
