import { describe, expect, it } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { UsageError } from '../../terminal/usage-error.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const read = (...argv: string[]) => readArguments(argv, () => now);

describe('readArguments', () => {
  it('lists up to 50 entries as a table by default', () => {
    expect(read()).toMatchObject({ name: 'list', limit: 50, cursor: undefined, output: 'table' });
    expect(read('list', '--all', '--json')).toMatchObject({ limit: undefined, output: 'json' });
    expect(read('--limit', '700')).toMatchObject({ limit: 700 });
  });

  it('accepts every filter, repeated or comma-separated', () => {
    const argv =
      '--action create,DELETE --user u-1 --user u-2,u\\,3 --account 123456789012 --region eu-west-1'
        .concat(' --resource r --service s --target t --kind SERVICE --type rds --environment prod')
        .concat(' --verdict=VIOLATION --order asc')
        .split(' ');
    expect(read(...argv)).toMatchObject({
      search: {
        order: 'asc',
        filters: {
          action: ['CREATE', 'DELETE'],
          user: ['u-1', 'u-2', 'u\\,3'],
          account: ['123456789012'],
          region: ['eu-west-1'],
          resource: ['r'],
          service: ['s'],
          target: ['t'],
          kind: ['SERVICE'],
          type: ['rds'],
          environment: ['prod'],
          verdict: ['VIOLATION'],
        },
      },
    });
  });

  it('reads the filter for disputed entries as a flag, which follow does not have', () => {
    for (const name of ['list', 'export']) {
      expect(read(name, '--disputed')).toMatchObject({ search: { filters: { disputed: ['true'] } } });
    }
    expect(() => read('--disputed=true')).toThrow('--disputed does not take a value');
    expect(() => read('follow', '--disputed')).toThrow('--disputed is not a valid option for follow');
  });

  it('reads the order of the sealed log, which a position requires', () => {
    expect(read('export', '--order', 'recorded')).toMatchObject({ search: { order: 'recorded' } });
    expect(read('export', '--since-cursor', 'p')).toMatchObject({
      cursorFile: 'p',
      search: { order: 'recorded' },
    });
    expect(read('follow', '--exact', '--since-cursor', 'p')).toMatchObject({
      isExact: true,
      cursorFile: 'p',
    });
    expect(() => read('export', '--since-cursor', 'p', '--order', 'asc')).toThrow(
      'requires --order recorded',
    );
    expect(() => read('follow', '--since-cursor', 'p')).toThrow('--since-cursor requires --exact');
    expect(() => read('--order', 'random')).toThrow('--order must be desc (newest first), asc, or recorded');
  });

  it('reads how to group and compare, and rejects what the API rejects', () => {
    expect(
      read('summary', '--group-by', 'time,user', '--interval', 'week', '--from', '2026-11-01', '--compare'),
    ).toMatchObject({
      name: 'summary',
      groupBy: ['time', 'user'],
      interval: 'week',
      isCompared: true,
      maxRequests: 50,
    });
    const failing = (...argv: string[]) => expect(() => read('summary', ...argv));
    failing('--group-by', 'user,user').toThrow('--group-by must not contain user twice; got "user,user"');
    failing('--interval', 'day').toThrow('--interval requires --group-by time; got "day"');
    failing('--time-zone', 'Mars').toThrow(
      '--time-zone must be an IANA time zone, such as Europe/Berlin or UTC; got "Mars"',
    );
    failing('--compare').toThrow('--compare requires --from: without it, there is no previous period');
    failing('--order-by', 'change').toThrow('--order-by must be change only with --compare; got "change"');
    failing('--max-requests', '0').toThrow('--max-requests must be a whole number from 1 to 10000; got "0"');
    failing('--limit', '3').toThrow('--limit is not a valid option for summary');
  });

  it('resolves relative times and keeps dates', () => {
    expect(read('--from', '24h', '--to', '2026-11-20')).toMatchObject({
      search: { from: '2026-11-19T12:00:00.000Z', to: '2026-11-20' },
    });
  });

  it('follows with the command or the option', () => {
    for (const argv of [['follow'], ['--follow'], ['list', '--follow']]) {
      expect(read(...argv)).toMatchObject({ name: 'follow', windowMillis: 900_000, intervalMillis: 5000 });
    }
    expect(read('follow', '--window', '1h', '--interval', '2s')).toMatchObject({
      windowMillis: 3_600_000,
      intervalMillis: 2000,
    });
  });

  it('reads bounds of the recorded time', () => {
    expect(read('--recorded-from', '24h', '--recorded-to', '2026-11-20')).toMatchObject({
      search: { recordedFrom: '2026-11-19T12:00:00.000Z', recordedTo: '2026-11-20' },
    });
  });

  it('derives the export format from the file extension', () => {
    expect(read('export')).toMatchObject({ format: 'csv', file: undefined });
    expect(read('export', '--output', 'a.ndjson')).toMatchObject({ format: 'ndjson', file: 'a.ndjson' });
    expect(read('export', '--output', 'a.ndjson', '--format', 'csv')).toMatchObject({ format: 'csv' });
  });

  it('identifies the same export regardless of time and option order', () => {
    const exportKey = (...argv: string[]) => (read('export', ...argv) as { exportKey: string }).exportKey;
    expect(exportKey('--from', '24h', '--output', 'a')).toBe(exportKey('--output', 'b', '--from', '24h'));
    expect(exportKey('--from', '24h')).not.toBe(exportKey('--from', '25h'));
    expect(exportKey('--columns', 'full')).not.toBe(exportKey());
    expect(exportKey('--spreadsheet')).not.toBe(exportKey());
  });

  it('shows general help or help for a command', () => {
    expect(read('--help')).toEqual({ name: 'help', command: undefined });
    expect(read('export', '-h', '--limit', '0')).toEqual({ name: 'help', command: 'export' });
  });

  it.each<[string, string[]]>([
    ['--acton x', ['--acton', 'is not a valid option', '--action']],
    ['show 01KA0000000000000000000000 --user u-1', ['--user', 'show', '--json, --url']],
    ['export --limit 3', ['--limit', 'export', '--output']],
    ['remove', ['"remove"', 'list, show, history, follow, export']],
    ['list more', ['"more"', 'unexpected']],
    ['show', ['show', '26 characters']],
    ['show x', ['"x"', '26 characters']],
    ['--action RENAME', ['--action', 'CREATE, UPDATE, DELETE', '"RENAME"']],
    ['--account 12', ['--account', '12-digit', '"12"']],
    ['--order up', ['--order', 'desc', '"up"']],
    ['--from yesterday', ['--from', '24h', '"yesterday"']],
    ['--from 1900-01-01', ['--from must be 1970-01-01 or later', '"1900-01-01"']],
    ['--to 2026-13-01', ['--to', '2026-11-05']],
    [
      '--recorded-from 2026-11-02 --recorded-to 2026-11-01',
      ['--recorded-from must not be after recorded-to', '"2026-11-02"'],
    ],
    ['--from 2026-11-02 --to 2026-11-01', ['--from', 'must not be after to']],
    ['--from 1h --from 2h', ['--from', 'only once']],
    ['--limit 0', ['--limit', '1 to 100000']],
    ['--limit ten', ['--limit', '"ten"']],
    ['--all --limit 3', ['--all', '--limit', 'together']],
    ['--json --ndjson', ['--json', '--ndjson', 'together']],
    ['--all=yes', ['--all', 'not take a value']],
    ['--user', ['--user', 'requires a value']],
    ['--user --json', ['--user', 'requires a value']],
    ['--user=', ['--user', '1 to 128']],
    ['--cursor=', ['--cursor', 'empty']],
    ['follow --interval 0s', ['--interval', '30m']],
    ['export --columns all', ['--columns', 'list, full', '"all"']],
    ['export --spreadsheet --format ndjson', ['--spreadsheet', 'csv']],
    ['export --format xlsx', ['--format', 'csv, ndjson', '"xlsx"']],
  ])('rejects %s and names the option and the allowed values', (line, parts) => {
    const failure = (() => {
      try {
        return read(...line.split(' '));
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(UsageError);
    for (const part of parts) expect((failure as Error).message).toContain(part);
  });

  it('never includes a token in an error message', () => {
    for (const args of [['--token', 's3cret'], ['--token=s3cret'], ['show', '--token', 's3cret']]) {
      expect(() => read(...args)).toThrow(
        /^--token is not supported(?!.*s3cret).*REQUEST_LOGS_TOKEN or use --token-file$/,
      );
    }
  });

  it('escapes user input in error messages', () => {
    expect(() => read('a\u001b[2J')).toThrow(/^"a\\u001b\[2J" is not a valid command/);
    expect(() => read('--x\u202e')).toThrow(/^--x\\u202e is not a valid option/);
  });
});

describe('readArguments with --view', () => {
  const readView = (search: string, ...argv: string[]) => readArguments(argv, () => now, search);

  it('refers to the view until its search is known', () => {
    expect(read('summary', '--view', 'Denied', '--compare')).toEqual({
      ...{ name: 'view', viewName: 'Denied' },
      connection: { url: undefined, tokenFile: undefined, persona: undefined },
    });
    expect(() => read('--view', '')).toThrow('--view must not be empty');
    expect(() => read('follow', '--view', 'Denied')).toThrow('--view is not a valid option for follow');
  });

  it('searches what the view has', () => {
    const search = 'user=!u-1,u%5C,2*&disputed=true&last=24h&recordedTo=2026-11-30&order=asc&group=target';
    expect(readView(search, '--view', 'Denied', '--limit', '7')).toMatchObject({
      name: 'list',
      limit: 7,
      search: {
        from: '2026-11-19T12:00:00.000Z',
        to: undefined,
        recordedTo: '2026-11-30',
        order: 'asc',
        filters: { user: ['!u-1', 'u\\,2*'], disputed: ['true'] },
      },
    });
    expect(readView('', '--view', 'All')).toMatchObject({ search: { filters: {} } });
  });

  it('replaces what is passed, and adds the rest', () => {
    const view = 'user=u-1,u-2&verdict=DENIED&from=2026-11-01&to=2026-11-10';
    expect(
      readView(view, '--view', 'x', '--user', 'u-3', '--from', '2026-11-05', '--kind', 'SERVICE'),
    ).toMatchObject({
      search: {
        ...{ from: '2026-11-05', to: '2026-11-10' },
        filters: { user: ['u-3'], verdict: ['DENIED'], kind: ['SERVICE'] },
      },
    });
    expect(readView('last=7d', '--view', 'x', '--from', '2026-11-05')).toMatchObject({
      search: { from: '2026-11-05' },
    });
  });

  it('counts and exports a view, unless the command does not support it', () => {
    expect(readView('order=asc&last=7d', 'summary', '--view', 'x', '--compare')).toMatchObject({
      isCompared: true,
      search: { from: '2026-11-13T12:00:00.000Z', order: undefined },
    });
    expect(readView('action=DELETE', 'export', '--view', 'x')).toMatchObject({
      exportKey: '[["action",["DELETE"]]]',
      search: { filters: { action: ['DELETE'] } },
    });
    expect(() => readView('disputed=true', 'summary', '--view', 'x')).toThrow(
      'the view has a filter that summary does not support: --disputed',
    );
  });
});
