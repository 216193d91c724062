// Parses a command line of options alone, as every command for operators has.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { UsageError } from '../../terminal/usage-error.ts';

/** The values by option. Fails with UsageError where an option is unknown, lacks its value, or is no option. */
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
