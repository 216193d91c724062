// Converts a search to the API query, and to the command-line options that repeat it.
import type { ListQuery } from '../client/client.ts';
import { filterNames } from '../core/query/query.ts';
import type { Search } from './commands.ts';
import { optionRules, toOptionName } from './options.ts';

/** A query whose parameters are strings, as it is stored between runs. */
export type FixedQuery = Record<string, string | string[]>;

/** Converts a search to API parameters. The cast is safe because the API's parser has validated the filters. */
export function toQuery({ from, to, recordedFrom, recordedTo, order, filters }: Search): ListQuery {
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(recordedFrom !== undefined && { recordedFrom }),
    ...(recordedTo !== undefined && { recordedTo }),
    ...(order !== undefined && { order }),
    ...(filters as Pick<ListQuery, keyof typeof filters & keyof ListQuery>),
  };
}

/** Converts every parameter to strings, so that the query is the same when it is stored and resumed. */
export function toFixedQuery(query: ListQuery): FixedQuery {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}

/** Returns shell-quoted options that repeat the search, with relative times resolved. */
export function toOptions({ filters, ...singles }: Search): string {
  const single = Object.entries(singles).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${toOptionName(name)}`, value],
  );
  const lists = filterNames.flatMap((name) =>
    (filters[name] ?? []).flatMap((term) => toOption(toOptionName(name), term)),
  );
  return [...single, ...lists].map(quoteForShell).join(' ');
}

/** A value that starts with a hyphen would be read as an option. A flag has no value. */
function toOption(name: string, value: string): string[] {
  if (optionRules[name]?.value === undefined) return [`--${name}`];
  return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];
}

/** Quotes a word for a POSIX shell. */
export function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
