// The search of a command as the API's query, and as the words that repeat it.
import type { ListQuery } from '../client/client.ts';
import { filterNames } from '../core/query/query.ts';
import type { Search } from './arguments.ts';

/** Parameters of a list or an export. The filters passed the API's own checks, which its types cannot tell. */
export function toQuery({ from, to, order, filters }: Search): ListQuery {
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(order !== undefined && { order }),
    ...(filters as Pick<ListQuery, keyof typeof filters & keyof ListQuery>),
  };
}

/** Options that give the same search again, with fixed times, to be pasted into a shell. */
export function toOptions({ from, to, order, filters }: Search): string {
  const single = Object.entries({ from, to, order }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const lists = filterNames.flatMap((name) => {
    const values = filters[name];
    return values === undefined
      ? []
      : [`--${name}`, values.map((value) => value.replaceAll(',', '\\,')).join(',')];
  });
  return [...single, ...lists].map(quoteForShell).join(' ');
}

/** The word as a POSIX shell takes it. */
export function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
