// The evidence command against an API that serves a real log. The archive is verified by its own page in a browser without
// a network, and by the shell command in its README. test/conformance runs the other command.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangerCommands } from '../../cli/evidence-readme.ts';
import { launchOptions } from '../browser/chromium.ts';
import { entryAt, sealedLog } from '../core/log/sealed-entries.ts';
import { type FakeAnswer, startFakeApi } from './fake-api.ts';
import { answerFrom, type Log } from './log-api.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'request-logs-evidence-'));
const archive = join(folder, 'evidence.zip');
let browser: Browser;
let log: Log;

async function run(
  args: readonly string[],
  change: (answer: FakeAnswer, path: string) => FakeAnswer = (a) => a,
) {
  await using api = await startFakeApi();
  api.answer = async (request) => change(await answerFrom(log, request), request.path);
  const state = join(folder, 'none.json');
  const result = await runCli(['evidence', '--url', api.url, '--state', state, ...args]);
  return { ...result, requests: api.requests.length };
}

function unpack(): string {
  const target = mkdtempSync(join(folder, 'unpacked-'));
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(archive)))) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    writeFileSync(join(target, name), bytes);
  }
  return target;
}

/** Opens the page of an archive without a network, and returns its result and the class that colors it. */
async function openPage(file: string) {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  const result = page.locator('#result');
  await expect.poll(() => result.textContent(), { timeout: 60_000 }).not.toMatch(/^Verifying/);
  const text = (await result.textContent()) ?? '';
  const kind = await result.getAttribute('class');
  const details = (await page.locator('#details').textContent()) ?? '';
  await context.close();
  return { text, kind, details, problems };
}

beforeAll(async () => {
  log = await sealedLog([300, 2]);
  browser = await chromium.launch(launchOptions);
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('request-logs evidence', () => {
  it('writes an archive that only its owner can read, and that its page verifies without a network', async () => {
    const ids = [entryAt(0).id, entryAt(257).id, entryAt(301).id];
    const args = [...ids.flatMap((id) => ['--id', id]), '-o', archive];
    const { exitCode, stderr } = await run(args);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringMatching(/^Wrote 3 entries with proofs \(.+\) to .+\.\n$/),
    ]);
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(existsSync(`${archive}.part`)).toBe(false);
    const unpacked = unpack();
    const { text, kind, details, problems } = await openPage(join(unpacked, 'verify.html'));
    expect([kind, text, problems]).toEqual([
      'verified',
      'Verified in this browser: 3 entries are in the sealed log, unchanged.',
      [],
    ]);
    for (const id of ids) expect(details).toContain(id);
    expect(JSON.parse(readFileSync(join(unpacked, 'entries', `${ids[0]}.json`), 'utf8')).id).toBe(ids[0]);
  });

  it('has a page that fails when any part of what it verifies is altered', async () => {
    const page = readFileSync(join(unpack(), 'verify.html'), 'utf8');
    const altered = join(folder, 'altered.html');
    const alterations: readonly (readonly [RegExp, string])[] = [
      [/"role":"(.)/, '"role":"X$1'],
      [/"committed":"(.)/, '"committed":" $1'],
      [/"nonce":"A/, '"nonce":"B'],
      [/"index":257/, '"index":256'],
      [/("hashes":\[")[^"]{3}/, '$1AAA'],
      [/(\\n— [^ ]+ )..../, '$1AAAA'],
      [/"key":"(.*?)\+[0-9a-f]{8}/, '"key":"$1+00000000'],
      [/"format":1/, '"format":2'],
    ];
    for (const [pattern, replacement] of alterations) {
      const text = page.replace(pattern, replacement);
      expect(text, String(pattern)).not.toBe(page);
      writeFileSync(altered, text);
      expect((await openPage(altered)).kind, String(pattern)).toBe('failed');
    }
  });

  it('has a shell command that verifies the text of each entry, and notices a changed one', () => {
    const unpacked = unpack();
    const check = () =>
      execFileSync('sh', ['-c', strangerCommands.commitment], { cwd: unpacked, encoding: 'utf8' });
    expect(readFileSync(join(unpacked, 'README.txt'), 'utf8')).toContain(strangerCommands.commitment);
    expect(check().match(/: OK$/gm)).toHaveLength(3);
    const file = join(unpacked, 'sealed', entryAt(257).id);
    writeFileSync(file, `${readFileSync(file, 'latin1')} `, 'latin1');
    expect(() => check()).toThrow(expect.objectContaining({ stdout: expect.stringContaining('FAILED') }));
  });

  it('keeps hostile text in the page as text', async () => {
    const id = entryAt(1).id;
    const reason = '</script><script>document.title="run"</script>\u202e<img src=x onerror=alert(1)>';
    const { exitCode, stderr } = await run(['--id', id, '-o', archive, '--force'], (answer, path) =>
      path === `/request-logs/${id}` ? { body: { ...(answer.body as object), reason } } : answer,
    );
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('is not the one that was sealed')]);
    const { kind, details, problems } = await openPage(join(unpack(), 'verify.html'));
    expect([kind, problems]).toEqual(['failed', []]);
    expect(details).toContain('</script><script>document.title=');
  });

  it('proves that the log only grew while the entries were read', async () => {
    const whole = log;
    const earlier = await sealedLog([300]);
    const first = entryAt(0).id;
    const { exitCode } = await run(['--id', first, '--id', entryAt(301).id, '-o', archive, '--force']);
    expect(exitCode).toBe(0);
    await using api = await startFakeApi();
    api.answer = (request) =>
      answerFrom(request.path === `/request-logs/${first}/proof` ? earlier : whole, request);
    const args = ['--id', first, '--id', entryAt(301).id, '-o', archive, '--force'];
    const grown = await runCli(['evidence', '--url', api.url, '--state', join(folder, 'none.json'), ...args]);
    expect([grown.exitCode, grown.stderr]).toEqual([0, expect.stringContaining('Wrote 2 entries')]);
    const unpacked = unpack();
    expect(JSON.parse(readFileSync(join(unpacked, 'consistency.json'), 'utf8'))).toHaveLength(1);
    expect((await openPage(join(unpacked, 'verify.html'))).kind).toBe('verified');
  });

  it('writes nothing when an entry is not sealed yet, when nothing matches, or when the file exists', async () => {
    const file = join(folder, 'never.zip');
    const sealed = log;
    log = { ...sealed, entries: [...sealed.entries, entryAt(900)] };
    const waiting = await run(['--id', entryAt(900).id, '-o', file]);
    log = { ...sealed, entries: [] };
    const nothing = await run(['--from', '2026-11-01', '-o', file]);
    log = sealed;
    expect([waiting.exitCode, waiting.stderr]).toEqual([1, expect.stringContaining('is not sealed yet')]);
    expect([nothing.exitCode, nothing.stderr]).toEqual([1, 'no entries match\n']);
    expect(existsSync(file) || existsSync(`${file}.part`)).toBe(false);
    const exists = await run(['--id', entryAt(0).id, '-o', archive]);
    expect(exists).toMatchObject({
      exitCode: 2,
      requests: 0,
      stderr: expect.stringContaining('already exists'),
    });
  });

  it.each([
    [['-o', 'a.zip'], 'requires --id, or a range'],
    [['--id', 'x', '-o', 'a.zip'], '--id must be an entry ID'],
    [['--id', entryAt(0).id, '--from', '7d', '-o', 'a.zip'], '--id and --from cannot be used together'],
    [['--id', entryAt(0).id], 'requires --output with a file name that ends in .zip'],
    [['--id', entryAt(0).id, '-o', 'a.tar'], 'ends in .zip; got "a.tar"'],
  ])('rejects %j', async (args, message) => {
    const { exitCode, stderr } = await runCli(['evidence', ...args]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
