// Combines the search of a saved view with the options that were passed.
import { UsageError } from '../terminal/usage-error.ts';
import type { Given } from './given-options.ts';
import { type CommandName, optionRules, toOptionName } from './options.ts';

/** Parameters of a saved search that only change how the page shows it. */
const pageOnly: ReadonlySet<string> = new Set(['group']);

/**
 * Returns the options of the view and those that were passed. A passed option replaces all values that the view has for it,
 * and `--from` also replaces the relative range. Throws UsageError if the command does not support a filter of the view.
 */
export function addViewOptions(given: Given, search: string, command: CommandName): Given {
  const joined = new Map<string, readonly string[]>();
  for (const [parameter, value] of new URLSearchParams(search)) {
    // Counts have no order.
    if (pageOnly.has(parameter) || (parameter === 'order' && command === 'summary')) continue;
    const option = parameter === 'last' ? 'from' : toOptionName(parameter);
    if (given.has(option)) continue;
    const rule = optionRules[option];
    if (!rule?.commands.includes(command)) {
      throw new UsageError(`the view has a filter that ${command} does not support: --${option}`);
    }
    joined.set(option, [...(joined.get(option) ?? []), rule.value === undefined ? '' : value]);
  }
  for (const [option, values] of given) joined.set(option, values);
  return joined;
}
