// Runs the CLI as a process against the local stack.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness } from '../e2e/harness.ts';
import { goodSampleNames, makeEvent, sampleFile, sampleSecrets } from '../support/fixtures.ts';
import { runCli, startCli } from './run-cli.ts';

describe('request-logs against the local stack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'request-logs-cli-'));
  let harness: Harness;
  let environment: Record<string, string>;

  beforeAll(async () => {
    harness = await Harness.start();
    await harness.emit(goodSampleNames.map(sampleFile));
    environment = { PORT: new URL(harness.stack.url).port };
  });
  afterAll(async () => {
    await harness.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]) => runCli(args, environment);

  it('lists the same entries as the API, as a table and as JSON', async () => {
    const ids = await harness.ids('');
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(0);
    const [titles = '', ...rows] = stdout.trimEnd().split('\n');
    expect(titles).toMatch(
      /^TIME +LATE +ACTION +RESOURCE +USER +ROLE +VERDICT +ACCOUNT +REGION +ID +CHANGED$/,
    );
    expect(rows.map((row) => row.slice(titles.indexOf('ID  ')).slice(0, 26))).toEqual(ids);
    const { body } = await harness.get('/request-logs');
    expect(JSON.parse((await run('--json')).stdout)).toEqual(body);
    const lines = (await run('--ndjson', '--all')).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(body.items);
  });

  it('filters as the API does', async () => {
    const args = '--resource orders-d --action update,create --from 2026-11-01'.split(' ');
    const lines = (await run(...args, '--ndjson')).stdout.trimEnd().split('\n');
    const ids = await harness.ids('resource=orders-d&action=UPDATE,CREATE&from=2026-11-01');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(ids);
  });

  it('continues with the command that it prints', async () => {
    const { stdout, stderr } = await run('--limit', '4', '--ndjson', '--from', '3650d');
    const [, line = ''] = stderr.split('\n');
    const rest = await run(...line.trim().split(' ').slice(1), '--ndjson');
    expect(rest.exitCode).toBe(0);
    const ids = [stdout, rest.stdout].flatMap((text) =>
      text
        .trimEnd()
        .split('\n')
        .map((item) => JSON.parse(item).id),
    );
    expect(ids).toEqual(await harness.ids(''));
  });

  it('shows an entry with its diff and without secrets', async () => {
    for (const id of await harness.ids('')) {
      const { exitCode, stdout } = await run('show', id);
      expect(exitCode).toBe(0);
      expect(sampleSecrets().filter((secret) => stdout.includes(secret))).toEqual([]);
    }
    const [id = ''] = await harness.ids('user=u-2077&resource=orders-d&action=UPDATE');
    const { stdout } = await run('show', id);
    expect(stdout).toMatch(/What +UPDATE rds orders-d \(res-2b71\), service checkout-api/);
    expect(stdout).toMatch(/~ instanceClass +"db.t4g.micro" → "db.t4g.medium"/);
    const { body } = await harness.get(`/request-logs/${id}`);
    expect(JSON.parse((await run('show', id, '--json')).stdout)).toEqual(body);
  }, 120_000);

  it('exports every entry to a file', async () => {
    const file = join(folder, 'out.csv');
    const { exitCode, stderr } = await run('export', '--output', file);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('entries') });
    const rows: Record<string, string>[] = parse(readFileSync(file, 'utf8'), { columns: true });
    expect(rows.map(({ id }) => id)).toEqual(await harness.ids(''));
  });

  it('is denied actions that its persona has no permission for', async () => {
    const refused = await run('export', '--persona', 'developer');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^403 FORBIDDEN: this request needs permission request-logs:export/);
    expect((await run('--persona', 'nobody')).stderr).toMatch(/admin, auditor/);
  });

  it('prints entries that are emitted while it follows', async () => {
    const cli = startCli(['--follow', '--interval', '1s', '--ndjson'], environment);
    const emitNow = (eventId: string, agoMillis: number) =>
      harness.emit([makeEvent({ eventId, occurredAt: new Date(Date.now() - agoMillis).toISOString() })]);
    await emitNow('follow-1', 0);
    await expect.poll(() => cli.seen().trim().split('\n').length, { timeout: 30_000 }).toBe(1);
    // A poll of the last 15 minutes finds it within a minute.
    await emitNow('follow-2', 5 * 60_000);
    await expect.poll(() => cli.seen().trim().split('\n').length, { timeout: 90_000 }).toBe(2);
    cli.process.kill('SIGINT');
    const { exitCode, stdout, stderr } = await cli.result;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const times = stdout
      .trimEnd()
      .split('\n')
      .map((line) => Date.parse(JSON.parse(line).timestamp));
    expect(times[0]).toBeGreaterThan(times[1] ?? 0);
  }, 180_000);
});
