// Picks the one bucket or table whose name matches, and explains how to pass names when there is not exactly one.
import { CommandError } from '../../terminal/command-error.ts';

export const passBothNames = 'pass the names from the stack outputs with --bucket and --table';

/**
 * Picks a resource by the name that CloudFormation generates. `start` is the stack name and the logical id without its
 * eight final hexadecimal digits. Fails with CommandError unless there is exactly one.
 */
export function pickNamed(kind: 'bucket' | 'table', start: string, names: readonly string[]): string {
  const isNamed = (name: string) =>
    name.startsWith(start) && /^[0-9a-fA-F]{8}(?:-[0-9A-Za-z]+)?$/.test(name.slice(start.length));
  return pickOne(names.filter(isNamed), `${kind} ${start}…`);
}

/**
 * `what` describes the resource in errors and starts with its kind. Fails with CommandError unless there is exactly
 * one.
 */
export function pickOne(found: readonly string[], what: string): string {
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw new CommandError(`no ${what} found; check the account and the region, or ${passBothNames}`);
  }
  throw new CommandError(`several ${what.replace(' ', 's ')} found: ${found.join(', ')}; ${passBothNames}`);
}
