import { describe, expect, it } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { helpText } from '../../cli/help.ts';
import { runHistory } from '../../cli/history.ts';
import { renderHistory } from '../../cli/history-view.ts';
import { ApiError, type History, type RequestLogsClient } from '../../client/client.ts';
import { joinPages } from '../../core/history/join-pages.ts';
import { plainPaint } from '../../terminal/paint.ts';
import { makeItem } from '../core/export/items.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const read = (...argv: string[]) => readArguments(argv, () => now);
const item = makeItem();
const base: History = {
  target: { id: 'res-1\u001b', type: 'rds', accountId: '123456789012', region: 'eu-west-1' },
  nextCursor: null,
  complete: true,
  searchedThrough: '1970-01-01T00:00:00.000Z',
};
const { timestamp } = item;
const page: History = {
  ...base,
  items: [{ entry: item }] as NonNullable<History['items']>,
  names: [{ name: 'orders-d', from: timestamp, to: timestamp }],
  lives: [{ actions: 1 }],
  gaps: [],
};
const render = (history: History) =>
  renderHistory(history, { columns: undefined, paint: plainPaint }).join('\n');

describe('readArguments for history', () => {
  it('reads the target and the moments', () => {
    expect(read('history', 'res-1', '--at', '2026-11-10', '--known-at', '1d')).toMatchObject({
      name: 'history',
      query: { target: 'res-1', at: '2026-11-10', knownAt: '2026-11-19T12:00:00.000Z' },
    });
    for (const diff of [
      ['--diff', '2d', '2026-11-20'],
      ['--diff=2d,2026-11-20'],
      ['--diff', '2d,2026-11-20'],
    ]) {
      const { query } = read('history', ...diff, 'res-1') as { query: object };
      expect(query).toEqual({ target: 'res-1', diff: '2026-11-18T12:00:00.000Z,2026-11-20' });
    }
  });

  it.each([
    [[], 'history requires the ID of a service or resource'],
    [['a', 'b'], '"b" is an unexpected argument for history'],
    [['a', '--at', 'noon'], '--at must be a time such as'],
    [['a', '--diff', '2026-11-10'], '--diff requires two times, the earlier one first; got "2026-11-10"'],
    [['a', '--diff', '2026-11-10', 'x'], '--diff must be a time such as'],
    [['a', '--diff', '2026-11-11', '2026-11-10'], '--diff must have the earlier time first'],
    [['a', '--at', '1d', '--diff', '2d', '1d'], '--at and --diff cannot be used together'],
    [['a', '--account', '1'], '--account must be a 12-digit AWS account ID'],
    [['a', '--type', 'x', '--type', 'y'], '--type can be used only once'],
    [['a', '--user', 'u'], '--user is not a valid option for history'],
  ])('rejects %j', (argv, message) => {
    expect(() => read('history', ...argv)).toThrow(message);
  });

  it('has a help text without the grammar of filters', () => {
    expect(helpText('request-logs', 'history')).toContain('--diff FROM TO');
    expect(helpText('request-logs', 'history')).not.toContain('excludes a value');
  });
});

describe('renderHistory', () => {
  it('shows actions, folded denials and gaps, and no control characters', () => {
    const latest = makeItem({ decision: 'DENIED', verdict: 'DENIED', id: '01M7ZYHQ8XW9PF4D2T6R3K5N1D' });
    const denials = { count: 9, from: timestamp, to: timestamp, users: [{ id: 'u-2', count: 9 }], latest };
    const highlights = [{ path: '/size', op: 'replace' as const, before: 1, after: 3 }];
    const ids = { earlierId: '01M7ZYHQ8XW9PF4D2T6R3K5N1B', laterId: item.id };
    const gap = { kind: 'CHANGED' as const, ...ids, changedPaths: ['/size'], highlights, changeCount: 1 };
    const text = render({
      ...page,
      items: [{ denials }, { entry: item }],
      gaps: [gap],
    } as unknown as History);
    expect(text).toContain(`9 denied attempts from ${timestamp} to ${timestamp}: u-2 9`);
    expect(text).toContain('! changed without an entry: size: 1 → 3');
    expect(text).not.toContain('\u001b');
  });

  it('shows a state, and what it is based on', () => {
    const at = { time: timestamp, exists: true, state: { size: 1 }, entryId: item.id, timestamp };
    expect(render({ ...base, at: { ...at, basis: 'before-of-next' } })).toContain(
      `State at ${timestamp}: before entry ${item.id} of ${timestamp}\n{\n  "size": 1\n}`,
    );
    expect(render({ ...base, at: { time: timestamp, basis: 'unknown' } })).toContain('unknown');
  });

  it('shows the difference between two moments', () => {
    const stateOf = (size: number) => ({
      time: timestamp,
      basis: 'after' as const,
      exists: true,
      entryId: item.id,
      timestamp,
      state: { size },
    });
    const [from, to] = [stateOf(1), stateOf(2)];
    const changes = [{ path: '/size', op: 'replace' as const, before: 1, after: 2 }];
    expect(render({ ...page, diff: { from, to, changes } })).toContain('1 difference\n~ size  1 → 2');
    const { state: _, ...absent } = from;
    const created = { from: { ...absent, exists: false }, to, changes: [] };
    expect(render({ ...page, diff: created })).toContain('Created as\n+ size  2');
  });
});

describe('joinPages', () => {
  it('continues the oldest name and life of the earlier page', () => {
    const later = { ...page, lives: [{ createdAt: timestamp, createdBy: item.id, actions: 2 }] };
    expect(joinPages(page, later)).toMatchObject({
      items: [{}, {}],
      names: [{ name: 'orders-d' }],
      lives: [{ createdAt: timestamp, actions: 3 }],
    });
    const deleted = { ...page, lives: [{ deletedAt: timestamp, actions: 1 }] };
    expect(joinPages(page, deleted).lives).toHaveLength(2);
  });
});

describe('runHistory', () => {
  it('prints how to select one of several targets', async () => {
    const lines: string[] = [];
    const candidates = [{ account: '123456789012', region: 'eu-west-1', type: 'rds' }];
    const body = {
      code: 'AMBIGUOUS_TARGET',
      detail: '2 services or resources have this ID; send',
      candidates,
    };
    const client = {
      getHistory: async () => {
        throw new ApiError(new Response(null, { status: 400 }), body);
      },
    } as unknown as RequestLogsClient;
    const output = {
      write: async () => {},
      say: (line: string) => lines.push(line),
      paint: plainPaint,
      columns: undefined,
      draw: () => {},
      drawColumns: undefined,
    };
    const command = { name: 'history', query: { target: 'a b' }, isAll: false, output: 'text' } as const;
    const { signal } = new AbortController();
    expect(await runHistory(command, { client, output, program: 'request-logs', signal })).toBe(false);
    expect(lines).toEqual([
      '2 services or resources have this ID. To select one, run one of these commands:',
      "  request-logs history 'a b' --account 123456789012 --region eu-west-1 --type rds",
    ]);
  });
});
