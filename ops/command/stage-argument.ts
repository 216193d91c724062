// Parses the option `--stage` of all operator commands.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { UsageError } from '../../terminal/usage-error.ts';

/** The deployed stage, or `undefined` for the local stack. Fails with UsageError. */
export function readStage(given: string | undefined): string | undefined {
  if (given === undefined || /^[a-z][a-z0-9-]{0,19}$/.test(given)) return given;
  const got = escapeForTerminal(JSON.stringify(given));
  throw new UsageError(
    `--stage must be 1 to 20 of a-z0-9- and start with a letter, as in the configuration; got ${got}`,
  );
}
