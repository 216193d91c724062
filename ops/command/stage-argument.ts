// The option --stage, as every command reads it.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { UsageError } from '../../terminal/usage-error.ts';

/** The deployed stage, or `undefined` for the local stack. Fails with UsageError. */
export function readStage(given: string | undefined): string | undefined {
  if (given === undefined || /^[a-z][a-z0-9-]{0,19}$/.test(given)) return given;
  throw new UsageError(
    `--stage must be 1 to 20 of a-z0-9-, first a letter, as in the configuration; is ${escapeForTerminal(JSON.stringify(given))}`,
  );
}
