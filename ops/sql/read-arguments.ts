// The arguments of `npm run sql`.
import { parseArgs } from 'node:util';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { UsageError } from '../../terminal/usage-error.ts';

/** How rows are written. */
export type SqlFormat = 'table' | 'json' | 'csv';

export interface SqlChoice {
  readonly query: string;
  /** A copy of the log bucket. Absent: the log bucket of the local stack. */
  readonly bucketDir: string | undefined;
  readonly organization: string | undefined;
  /** Days in UTC, inclusive, such as 2026-11-30. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly format: SqlFormat;
}

/** Returns the choice. Fails with UsageError. */
export function readArguments(args: readonly string[]): SqlChoice | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [query = '', ...others] = positionals;
  if (query.trim() === '' || others.length > 0) {
    throw new UsageError('one query in quotes is required, such as "select count(*) from entries"');
  }
  if (values.json && values.csv) throw new UsageError('--json cannot be combined with --csv');
  const organization = values.organization;
  if (organization !== undefined && !/^[\w-]{1,64}$/.test(organization)) {
    throw new UsageError(`--organization must be an organization ID; got ${shown(organization)}`);
  }
  const [from, to] = [readDay('from', values.from), readDay('to', values.to)];
  if (from !== undefined && to !== undefined && from > to) {
    throw new UsageError('--from must not be after --to');
  }
  const format = values.json ? 'json' : values.csv ? 'csv' : 'table';
  return { query, bucketDir: values['bucket-dir'], organization, from, to, format };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'bucket-dir': { type: 'string' },
        organization: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        json: { type: 'boolean', default: false },
        csv: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(escapeForTerminal(error.message));
  }
}

function readDay(option: 'from' | 'to', given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(given) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(given)) return given;
  throw new UsageError(`--${option} must be a day such as 2026-11-30; got ${shown(given)}`);
}

function shown(text: string): string {
  return escapeForTerminal(JSON.stringify(text));
}
