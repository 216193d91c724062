// Commands that continue from a position in the sealed log, against an API with a real log.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportHeaders } from '../../core/export/export-headers.ts';
import { parseExportQuery } from '../../core/export/export-query.ts';
import { exportRecordedPage } from '../../core/export/export-recorded.ts';
import { LogReader } from '../../core/log/log-reader.ts';
import { searchRecorded } from '../../core/log/search-recorded.ts';
import { toVerifierKey } from '../../core/log/signed-note.ts';
import { parseQuery } from '../../core/query/query.ts';
import { RecordedLog } from '../core/log/recorded-log.ts';
import { makeEntry } from '../support/entries.ts';
import { makeCaller } from '../support/fixtures.ts';
import { type FakeAnswer, type FakeApi, startFakeApi } from './fake-api.ts';
import { runCli, startCli } from './run-cli.ts';

const caller = makeCaller();
let folder: string;
let log: RecordedLog;
let api: FakeApi;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'request-logs-order-'));
  log = new RecordedLog();
  api = await startFakeApi();
  api.answer = answer;
});
afterEach(async () => {
  await api[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function answer({ path, query }: FakeApi['requests'][number]): Promise<FakeAnswer> {
  const rawQueryString = query.toString();
  if (path === '/request-logs')
    return { body: await searchRecorded(parseQuery(rawQueryString), caller, log.ports) };
  if (path.startsWith('/request-logs/log/')) return answerLog(path, query);
  const { query: parsed, format } = parseExportQuery(rawQueryString);
  const page = await exportRecordedPage(parsed, format, caller, log.ports);
  const request = { format, organizationId: 'acme', rawQueryString, isFirst: true, nowMillis: log.now };
  return { body: page.body, headers: exportHeaders(page, request) };
}

async function answerLog(path: string, query: URLSearchParams): Promise<FakeAnswer> {
  const key = await log.key();
  const reader = new LogReader(log.objects, 'acme', key);
  const head = await reader.readHead();
  if (path.endsWith('/key')) return { body: toVerifierKey(key) };
  if (head === undefined) return { status: 404, body: { code: 'NOT_SEALED', detail: 'wait' } };
  if (path.endsWith('/checkpoint')) return { body: head.checkpoint };
  const from = Number(query.get('from'));
  if (path.endsWith('/consistency'))
    return { body: await reader.proveConsistency(from, head.edge.size, head) };
  const leaves = await reader.readLeaves(from, head);
  return {
    body: {
      from,
      leaves: leaves.map((leaf) => Buffer.from(leaf).toString('base64')),
      treeSize: head.edge.size,
    },
  };
}

async function seal(...names: string[]): Promise<void> {
  const entries = names.map((name, number) =>
    makeEntry({ eventId: name, name, recordedAtMillis: log.now + number }),
  );
  await log.record(entries);
  await log.seal();
}

const run = (...args: string[]) => runCli([...args, '--url', api.url]);
const pathOf = (name: string) => join(folder, name);
const namesIn = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).target.name);

describe('request-logs export --since-cursor', () => {
  it('exports what was sealed since the last export, and lets only the owner read the position', async () => {
    const exportNew = (name: string) =>
      run('export', '--since-cursor', pathOf('position'), '--output', pathOf(name));
    await seal('a', 'b');
    expect(await exportNew('1.ndjson')).toMatchObject({ exitCode: 0 });
    await seal('c');
    expect(await exportNew('2.ndjson')).toMatchObject({ exitCode: 0 });
    expect(await exportNew('3.ndjson')).toMatchObject({ exitCode: 0 });
    const files = ['1.ndjson', '2.ndjson', '3.ndjson'].map((name) => readFileSync(pathOf(name), 'utf8'));
    expect(files.map(namesIn)).toEqual([['a', 'b'], ['c'], []]);
    expect(statSync(pathOf('position')).mode & 0o777).toBe(0o600);
  });

  it('keeps the position when the file cannot be written', async () => {
    await seal('a');
    const args = ['export', '--since-cursor', pathOf('position'), '--format', 'ndjson'];
    expect(await run(...args, '--output', pathOf('no/such/folder'))).toMatchObject({ exitCode: 1 });
    expect(namesIn((await run(...args)).stdout)).toEqual(['a']);
    expect((await run(...args)).stdout).toBe('');
  });

  it('rejects a position of another search, and a file that it did not write', async () => {
    await seal('a');
    const args = ['export', '--format', 'ndjson', '--since-cursor', pathOf('position')];
    await run(...args);
    const other = await run(...args, '--resource', 'b');
    expect(other).toMatchObject({ exitCode: 1, stdout: '' });
    expect(other.stderr).toContain('belongs to another search');
    writeFileSync(pathOf('position'), '{}');
    expect((await run(...args)).stderr).toContain('is not a file that --since-cursor wrote');
    const wrongOrder = await run(...args, '--order', 'asc');
    expect(wrongOrder).toMatchObject({ exitCode: 2 });
    expect(wrongOrder.stderr).toContain('--since-cursor requires --order recorded');
  });
});

describe('request-logs follow --exact', () => {
  it('prints each entry once in the order of the log, and a later run continues after it', async () => {
    const args = ['follow', '--exact', '--since-cursor', pathOf('position'), '--ndjson', '--interval', '1s'];
    const follow = async (until: string) => {
      const cli = startCli([...args, '--window', '99999h', '--url', api.url]);
      await expect.poll(() => cli.seen(), { timeout: 15_000 }).toContain(until);
      await expect.poll(() => readFileSync(pathOf('position'), 'utf8').length).toBeGreaterThan(0);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      cli.process.kill('SIGINT');
      const { stdout, exitCode } = await cli.result;
      expect(exitCode).toBe(0);
      return namesIn(stdout);
    };
    await seal('a', 'b');
    expect(await follow('"b"')).toEqual(['a', 'b']);
    await seal('c');
    expect(await follow('"c"')).toEqual(['c']);
  });

  it('requires --exact for a position', async () => {
    const { exitCode, stderr } = await run('follow', '--since-cursor', pathOf('position'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--since-cursor requires --exact');
  });
});

describe('request-logs verify --all', () => {
  it('verifies every place in the log, and names what the API changes or leaves out', async () => {
    await seal('a', 'b', 'c', 'd');
    const verify = (...options: string[]) => run('verify', '--all', '--state', pathOf('state'), ...options);
    const { exitCode, stdout } = await verify();
    expect(stdout).toContain('4 places, all in the tree that the key signed.');
    expect(stdout).toContain('4 entries verified.');
    expect(exitCode).toBe(0);
    expect(statSync(pathOf('state')).mode & 0o777).toBe(0o600);
    const change = (body: string) =>
      body
        .split('\n')
        .filter((line) => !line.includes('"name":"b"'))
        .map((line) => line.replace('"role":"Admin"', '"role":"Viewer"'))
        .join('\n');
    api.answer = async (request) => {
      const found = await answer(request);
      return request.path.endsWith('/export') ? { ...found, body: change(String(found.body)) } : found;
    };
    const lying = await verify('--json');
    expect(lying.exitCode).toBe(1);
    const { failures } = JSON.parse(lying.stdout);
    expect(failures.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2, 3]);
    expect(failures[1].reason).toBe('its entry is missing, although it has not expired');
    expect(failures[2].reason).toBe('the entry is not the one that was sealed');
  }, 60_000);
});
