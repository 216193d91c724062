// Parses the command line of operator commands, which have options and no positional arguments.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { UsageError } from '../../terminal/usage-error.ts';

/**
 * Returns the values by option. Fails with UsageError for an unknown option, a missing value, or a positional argument.
 */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(escapeForTerminal(error.message));
  }
}
