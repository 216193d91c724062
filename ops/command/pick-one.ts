// Picks the one store of a stage among those whose names fit.
import { CommandError } from '../../terminal/command-error.ts';

export const nameBoth = 'name both with --bucket and --table, as the outputs of the stack say';

/**
 * The one that CloudFormation named so: `start` is the stack and the logical id without the eight hexadecimal digits at its
 * end. Fails with CommandError when there is not exactly one.
 */
export function pickNamed(kind: 'bucket' | 'table', start: string, names: readonly string[]): string {
  const isNamed = (name: string) =>
    name.startsWith(start) && /^[0-9a-fA-F]{8}(?:-[0-9A-Za-z]+)?$/.test(name.slice(start.length));
  return pickOne(names.filter(isNamed), `${kind} ${start}…`);
}

/** `what` says what was looked for, its kind first. Fails with CommandError when there is not exactly one. */
export function pickOne(found: readonly string[], what: string): string {
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw new CommandError(`there is no ${what} here; is it the right account and region? Else ${nameBoth}`);
  }
  throw new CommandError(`there are several ${what.replace(' ', 's ')}: ${found.join(', ')}; ${nameBoth}`);
}
