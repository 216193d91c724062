// Runs the CLI as a process against a fake API.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toListItem } from '../../core/entry/entry.ts';
import { makeItem } from '../core/export/items.ts';
import { makeEntry } from '../support/entries.ts';
import { emptyPage, type FakeApi, startFakeApi } from './fake-api.ts';
import { type RunningCli, runCli, startCli } from './run-cli.ts';

let api: FakeApi;
let folder: string;

beforeEach(async () => {
  api = await startFakeApi();
  folder = mkdtempSync(join(tmpdir(), 'request-logs-cli-'));
});

afterEach(async () => {
  await api[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (...args: string[]) => runCli([...args, '--url', api.url]);
const page = (count: number, nextCursor: string | null) => ({
  items: Array.from({ length: count }, () => makeItem()),
  nextCursor,
  complete: nextCursor === null,
  searchedThrough: '2026-11-10T00:00:00.000Z',
});

function seen(cli: RunningCli, pattern: RegExp): Promise<void> {
  return expect.poll(() => cli.seen(), { timeout: 15_000, interval: 50 }).toMatch(pattern);
}

describe('request-logs list', () => {
  it('prints the command to continue, with resolved times', async () => {
    api.answer = () => ({ body: page(2, 'CURSOR') });
    const { exitCode, stdout, stderr } = await ask('--limit', '2', '--from', '24h', '--user', "o'neil");
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(stderr).toMatch(
      /^2 entries, searched back to 2026-11-10T00:00:00.000Z; there may be more entries/,
    );
    expect(stderr).toMatch(/--from 20\S+Z --user 'o'\\''neil' --cursor CURSOR\n.* --all\n$/);
    expect(stderr).toContain(`--url ${api.url}`);
  });

  it('reports a search cut by the read budget, and continues with --all', async () => {
    const pages = [page(0, 'c1'), page(1, 'c2'), page(1, null)];
    api.answer = ({ query }) => ({ body: pages[Number(query.get('cursor')?.slice(1) ?? 0)] ?? '' });
    const cut = await ask();
    expect(cut.stderr).toContain('0 entries, searched back to');
    expect(cut.stderr).toContain('the request reached its read limit');
    const all = await ask('--all', '--json');
    expect(JSON.parse(all.stdout)).toMatchObject({ complete: true, nextCursor: null, items: [{}, {}] });
    expect(all.stderr).toBe('');
  });

  it('sends several requests for more than one page', async () => {
    api.answer = ({ query }) => ({ body: page(Number(query.get('limit')), 'next') });
    const { stdout } = await ask('--limit', '450', '--ndjson');
    expect(stdout.trimEnd().split('\n')).toHaveLength(450);
    expect(api.requests.map(({ query }) => query.get('limit'))).toEqual(['200', '200', '50']);
  });

  it('prints no escape sequences or colors without a terminal', async () => {
    const target = { kind: 'RESOURCE' as const, type: 'rds', id: 'x', name: '\u001b]0;pwned\u0007\u202e' };
    api.answer = () => ({ body: { ...emptyPage, items: [makeItem({ target })] } });
    const { stdout } = await ask();
    expect(stdout).toContain('rds \\u001b]0;pwned\\u0007\\u202e');
    expect(stdout).not.toContain('\u001b');
  });

  it.each(['--json', '--ndjson'])(
    'escapes control characters with %s without changing the value',
    async (flag) => {
      const target = { kind: 'RESOURCE' as const, type: 'rds', id: 'x', name: 'a\u009b1m\u202e\u{e0041}é' };
      api.answer = () => ({ body: { ...emptyPage, items: [makeItem({ target })] } });
      const { stdout } = await ask(flag);
      expect(stdout).not.toMatch(/[\u007f-\u009f\u202e\u{e0041}]/u);
      const printed = JSON.parse(stdout);
      expect((printed.items?.[0] ?? printed).target).toEqual(target);
    },
  );

  it('reports that no entries match', async () => {
    const stderr = 'No entries match. The search covered the entire range in the accounts you can view.\n';
    expect(await ask()).toEqual({ exitCode: 0, stdout: '', stderr });
    const further = await ask('--cursor', 'CURSOR');
    expect(further).toEqual({ exitCode: 0, stdout: '', stderr: 'No more entries match.\n' });
    expect(await ask('--json', '--user', 'Ben Okafor')).toMatchObject({ stderr: '' });
  });

  it('prints the spellings that the API suggests, and includes them in JSON', async () => {
    const suggestions = [
      { parameter: 'type', value: 'RDS', suggestion: 'rds', reason: 'CASE' },
      { parameter: 'user', value: 'Ben Okafor', suggestion: 'u-2077', reason: 'USER_NAME' },
    ];
    api.answer = () => ({ body: { ...emptyPage, suggestions } });
    const filters = ['--type', 'RDS', '--user', 'Ben Okafor'];
    const { stderr } = await ask(...filters);
    expect(stderr.trimEnd().split('\n').slice(1)).toEqual([
      'No entries for --type RDS. Did you mean --type rds? It differs in upper and lower case.',
      "No entries for --user 'Ben Okafor'. Did you mean --user u-2077? It is the ID of a user with this name.",
    ]);
    expect(JSON.parse((await ask(...filters, '--json')).stdout)).toMatchObject({ suggestions });
    api.answer = () => ({ body: { ...emptyPage, items: [makeItem({})], suggestions } });
    expect((await ask(...filters)).stderr).toContain('There are also entries for --type rds, which differs');
  });

  it.each<[string[], string[]]>([
    [['--user', 'Ben Okafor'], ['--user takes a user ID, such as u-2077, not a name or email address.']],
    [
      ['--user', 'u-1,ben@acme.example'],
      ['--user takes a user ID, such as u-2077, not a name or email address.'],
    ],
    [['--user', 'u-1'], []],
    [['--resource', 'orders'], ["--resource 'orders*' matches names that start with orders."]],
    [['--resource', "o'\u202e"], ["--resource 'o'\\''\\u202e*' matches names that start with o'\\u202e."]],
    [['--resource', 'orders*'], []],
  ])('suggests a correction for %j', async (args, hints) => {
    const { stderr } = await ask(...args);
    expect(stderr.trimEnd().split('\n').slice(1)).toEqual(hints);
  });
});

describe('request-logs list --view', () => {
  const view = (name: string, search: string, shared = false) => {
    return { id: shared ? 's00' : 'p00', name, search, shared, canChange: true, version: 'v' };
  };
  const views = [
    view('Denied', 'verdict=DENIED&last=7d'),
    view('Denied', 'verdict=VIOLATION', true),
    view('Prod\u001b[2J', 'environment=prod', true),
  ];

  it('sends the search of the view, with the other options in place of its own', async () => {
    api.answer = ({ path }) => ({ body: path.endsWith('/views') ? { views, canShare: false } : emptyPage });
    const { exitCode, stderr } = await ask('list', '--view', 'DENIED', '--user', 'u-1');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('View "Denied": verdict=DENIED&last=7d');
    const { path, query } = api.requests.at(-1) ?? {};
    expect(path).toBe('/request-logs');
    expect(query?.get('verdict')).toBe('DENIED');
    expect(query?.get('user')).toBe('u-1');
    expect(Date.now() - Date.parse(query?.get('from') ?? '')).toBeGreaterThanOrEqual(7 * 86_400_000);
  });

  it('exits with 1 and names the views that exist', async () => {
    api.answer = () => ({ body: { views, canShare: false } });
    const { exitCode, stderr } = await ask('--view', 'Dinied');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^There is no view with the name "Dinied"\. The views are: "Denied", "Denied" \(shared\), "Prod.*2J" \(shared\)\.\n$/,
    );
    expect(stderr).not.toContain('\u001b');
    api.answer = () => ({ body: { views: [], canShare: false } });
    expect((await ask('--view', 'x')).stderr).toContain('You have no views, and none are shared with you.');
  });
});

describe('request-logs and the API', () => {
  it('uses the auditor persona by default, or the one from --persona', async () => {
    await ask();
    await ask('--persona', 'developer');
    expect(api.personas).toEqual(['auditor', 'developer']);
    expect(api.requests.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
  });

  it('sends the token from the environment only to an explicit URL', async () => {
    const token = 'header.payload.signature';
    await runCli([], { REQUEST_LOGS_URL: api.url, REQUEST_LOGS_TOKEN: token });
    await runCli([], { PORT: new URL(api.url).port, REQUEST_LOGS_TOKEN: token });
    expect(api.requests.map((request) => request.token)).toEqual([token, 'token-1']);
  });

  it('fetches a new local token after a 401', async () => {
    api.answer = ({ token }) =>
      token === 'token-1' ? { status: 401, body: { message: 'Unauthorized' } } : { body: emptyPage };
    expect((await ask()).exitCode).toBe(0);
    expect(api.requests.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
  });

  it('never prints a token or a part of it', async () => {
    api.answer = () => ({ status: 401, body: { message: 'Unauthorized' } });
    const file = join(folder, 'token');
    writeFileSync(file, 'very.secret.token\n');
    const { exitCode, stdout, stderr } = await ask('--token-file', file);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('401');
    expect(api.requests.map(({ token }) => token)).toEqual(['very.secret.token']);
    for (const token of ['very secret', 'very\nsecret', '']) {
      writeFileSync(file, token);
      const refused = await ask('--token-file', file);
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).not.toContain('secret');
    }
    expect(stdout + stderr).not.toContain('very.secret');
  });

  it('reads the token from standard input', async () => {
    const cli = startCli(['--url', api.url, '--token-file', '-']);
    cli.process.stdin?.end('from.standard.input\n');
    expect(await cli.result).toMatchObject({ exitCode: 0 });
    expect(api.requests.map(({ token }) => token)).toEqual(['from.standard.input']);
  });

  it('refuses a persona with a token', async () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'a.b.c');
    const { exitCode, stderr } = await ask('--persona', 'admin', '--token-file', file);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--persona');
  });

  it.each([
    [['--url', 'http://logs.example.com'], 'https'],
    [['--token', 'x'], '--token-file'],
    [['--token-file', '/does/not/exist'], 'ENOENT'],
    [['--url', 'https://logs.example.com'], 'REQUEST_LOGS_TOKEN'],
    [['--url', 'nonsense'], '--url'],
  ])('exits with 2 for %j without a request', async (args, part) => {
    const { exitCode, stderr } = await runCli(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(part);
  });

  it('exits with 1 and prints the escaped message of the API', async () => {
    const problem = { code: 'FORBIDDEN', title: 'Forbidden', detail: 'permission x is needed\u001b[2J' };
    api.answer = () => ({ status: 403, body: problem });
    const { exitCode, stderr } = await ask('export');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: '403 FORBIDDEN: permission x is needed\\u001b[2J\n',
    });
  });

  it('explains how to start the local stack when the connection is refused', async () => {
    const gone = await startFakeApi();
    const { port } = new URL(gone.url);
    await gone[Symbol.asyncDispose]();
    const { exitCode, stderr } = await runCli([], { PORT: port });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `Cannot connect to http://localhost:${port}. To start the local stack, run: npm start\n`,
    );
  });

  it('exits without an error when the reader closes the pipe', async () => {
    api.answer = () => ({ body: page(200, 'next') });
    const cli = startCli(['--all', '--ndjson', '--url', api.url]);
    await seen(cli, /"id"/);
    cli.process.stdout?.destroy();
    const { exitCode, stderr } = await cli.result;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });
});

describe('request-logs follow', () => {
  it('polls, retries after errors, prints each entry once and stops on Ctrl-C', async () => {
    const [first, second] = ['a', 'b'].map((name) =>
      toListItem(makeEntry({ eventId: name, occurredAtMillis: Date.now(), userId: `user-${name}` })),
    );
    let looks = 0;
    api.answer = () => {
      looks++;
      if (looks === 2) return { status: 500, body: { message: 'Internal Server Error' } };
      return { body: { ...emptyPage, items: looks < 3 ? [first] : [first, second] } };
    };
    const cli = startCli(['follow', '--interval', '1s', '--ndjson', '--url', api.url]);
    await seen(cli, /user-b/);
    await expect.poll(() => looks, { timeout: 15_000 }).toBeGreaterThan(3);
    cli.process.kill('SIGINT');
    const { exitCode, stdout, stderr } = await cli.result;
    expect(exitCode).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).user.id),
    ).toEqual(['user-a', 'user-b']);
    expect(stderr).toMatch(/^500: Internal Server Error. Retrying.*\nThe API is available again/);
    const froms = api.requests.map(({ query }) => Date.parse(query.get('from') ?? ''));
    // The first successful poll reads the window, later ones the last minute.
    const pastOf = (from = 0) => Date.now() - from;
    expect(pastOf(froms[0])).toBeGreaterThanOrEqual(15 * 60_000);
    expect(pastOf(froms.at(-1))).toBeGreaterThanOrEqual(60_000);
    expect(pastOf(froms.at(-1))).toBeLessThan(5 * 60_000);
    expect(api.requests[0]?.query.get('order')).toBe('asc');
  });

  it('never searches before --from', async () => {
    const from = new Date(Date.now() - 60_000).toISOString();
    const cli = startCli(['follow', '--interval', '1s', '--from', from, '--url', api.url]);
    await expect.poll(() => api.requests.length, { timeout: 15_000 }).toBeGreaterThan(2);
    cli.process.kill('SIGINT');
    await cli.result;
    for (const { query } of api.requests) {
      expect(Date.parse(query.get('from') ?? '')).toBeGreaterThanOrEqual(Date.parse(from));
    }
  });

  it('stops when the API rejects the request', async () => {
    api.answer = () => ({ status: 403, body: { code: 'FORBIDDEN', detail: 'no' } });
    expect(await ask('follow')).toMatchObject({ exitCode: 1, stderr: '403 FORBIDDEN: no\n' });
  });
});

describe('request-logs export', () => {
  const pages = ['id,x\r\n1,a\r\n', '2,é\r\n', '3,c\r\n'];
  const whole = pages.join('');

  /** Answers page by page; `breaksAt` is answered with an error. */
  function serve(breaksAt?: number) {
    api.answer = ({ path, query }) => {
      if (path !== '/request-logs/export') return { body: emptyPage };
      const index = Number(query.get('cursor') ?? 0);
      if (index === breaksAt) return { status: 500, body: { message: 'broken' } };
      const isLast = index === pages.length - 1;
      return {
        headers: {
          'x-complete': String(isLast),
          'x-searched-through': '2026-11-10T00:00:00.000Z',
          'x-entry-count': '1',
          ...(isLast ? {} : { 'x-next-cursor': String(index + 1) }),
        },
        body: pages[index] ?? '',
      };
    };
  }

  it('creates the file when the export is complete', async () => {
    serve();
    const file = join(folder, 'out.csv');
    const { exitCode, stdout, stderr } = await ask('export', '--output', file);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toBe(`Exported 3 entries (22 B) to ${file}.\n`);
    expect(readFileSync(file, 'utf8')).toBe(whole);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('writes files that only their owner can read', async () => {
    serve(2);
    const file = join(folder, 'out.csv');
    const modes = () =>
      readdirSync(folder).map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));
    expect((await ask('export', '--output', file)).exitCode).toBe(1);
    expect(modes()).toEqual(['600', '600']);
    serve();
    chmodSync(`${file}.part`, 0o644);
    expect((await ask('export', '--output', file)).exitCode).toBe(0);
    expect(modes()).toEqual(['600']);
  });

  it('overwrites an existing file only with --force, and sends no request otherwise', async () => {
    serve();
    const file = join(folder, 'out.csv');
    writeFileSync(file, 'old');
    const refused = await ask('export', '--output', file);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toMatch(`--output ${file} already exists; use --force to overwrite it\n`);
    expect(api.requests).toEqual([]);
    expect([readFileSync(file, 'utf8'), ...readdirSync(folder)]).toEqual(['old', 'out.csv']);
    expect((await ask('export', '--output', file, '--force')).exitCode).toBe(0);
    expect([readFileSync(file, 'utf8'), ...readdirSync(folder)]).toEqual([whole, 'out.csv']);
  });

  it('writes to standard output without --output', async () => {
    serve();
    expect(await ask('export', '--format', 'csv')).toEqual({ exitCode: 0, stdout: whole, stderr: '' });
  });

  it('resumes an interrupted export with the times of the first run', async () => {
    const file = join(folder, 'out.csv');
    serve(2);
    const broken = await ask('export', '--from', '24h', '--output', file);
    expect(broken).toMatchObject({ exitCode: 1, stdout: '' });
    expect(broken.stderr).toContain('Kept 2 entries. Run the same command to resume.');
    expect(existsSync(file)).toBe(false);
    // A partly written page is truncated when the export resumes.
    writeFileSync(`${file}.part`, 'garbage', { flag: 'a' });
    serve();
    const [first] = api.requests;
    api.requests.length = 0;
    const again = await ask('export', '--from', '24h', '--output', file);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stderr).toContain('Resuming');
    expect(api.requests.map(({ query }) => [query.get('cursor'), query.get('from')])).toEqual([
      ['2', first?.query.get('from')],
    ]);
    expect(readFileSync(file, 'utf8')).toBe(whole);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('starts over for a different search, a different caller and --restart', async () => {
    const file = join(folder, 'out.csv');
    for (const args of [['--user', 'u-1'], ['--persona', 'admin'], ['--restart'], ['--format', 'ndjson']]) {
      rmSync(file, { force: true });
      serve(1);
      await ask('export', '--output', file);
      serve();
      api.requests.length = 0;
      await ask('export', '--output', file, ...args);
      expect(api.requests[0]?.query.get('cursor')).toBeNull();
      expect(readFileSync(file, 'utf8')).toBe(whole);
      expect(readdirSync(folder)).toEqual(['out.csv']);
    }
  });

  it('keeps the exported entries when it is interrupted', async () => {
    const file = join(folder, 'out.csv');
    serve();
    const { answer } = api;
    api.answer = async (request) => {
      if (request.query.get('cursor') === '1')
        await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
      return answer(request);
    };
    const cli = startCli(['export', '--output', file, '--url', api.url]);
    await expect.poll(() => existsSync(`${file}.part.json`), { timeout: 15_000 }).toBe(true);
    cli.process.kill('SIGINT');
    expect(await cli.result).toMatchObject({ exitCode: 130 });
    expect(existsSync(file)).toBe(false);
    serve();
    expect(await ask('export', '--output', file)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(whole);
  });

  it('names the file that it cannot write', async () => {
    serve();
    mkdirSync(join(folder, 'taken'));
    for (const file of [join(folder, 'missing', 'out.csv'), join(folder, 'taken')]) {
      const { exitCode, stderr } = await ask('export', '--output', file);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(file);
      expect(stderr).not.toMatch(/\n {4}at /);
    }
  });
});

describe('request-logs show', () => {
  it('exits with 1 for a 404', async () => {
    api.answer = () => ({
      status: 404,
      body: { code: 'NOT_FOUND', detail: 'there is no entry with this ID' },
    });
    const shown = await ask('show', '01M83B6G588E8B24PCK541D8CG');
    expect(shown).toMatchObject({ exitCode: 1, stderr: '404 NOT_FOUND: there is no entry with this ID\n' });
    expect(api.requests[0]?.path).toBe('/request-logs/01M83B6G588E8B24PCK541D8CG');
  });
});
