// Events whose texts try to be interpreted as code or markup. The API, exports, logs and terminal return them as
// plain text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { exactTerm } from '../../core/query/filter-grammar.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { type CliResult, runCli } from '../cli/run-cli.ts';
import type { Harness } from '../e2e/harness.ts';
import { makeEvent } from '../support/fixtures.ts';
import { displayPayloads, linePayloads, multiLine, payloads } from './payloads.ts';

const query = 'from=2026-10-01T00:00:00Z&to=2026-10-01T01:00:00Z';

/** One event for each payload, in every field that the contract allows. */
export function injectionEvents(): object[] {
  return payloads.map((payload, number) => {
    const line = linePayloads.includes(payload) ? payload : 'plain';
    const event = makeEvent({
      eventId: `injection-${number}`,
      occurredAt: `2026-10-01T00:00:${String(number).padStart(2, '0')}Z`,
      detail: {
        environment: line.slice(0, 64),
        requestId: line,
        traceId: line,
        reason: payload,
        before: { text: 'old', list: [], gone: payload },
        after: { text: payload, list: [payload], ...(payload === '__proto__' ? {} : { [payload]: payload }) },
      },
    });
    const { actor, target, authorization } = event.detail;
    Object.assign(actor, {
      userId: line.slice(0, 128),
      name: line,
      email: line,
      userAgent: payload,
      sourceIp: line.slice(0, 64),
      role: line.slice(0, 64),
    });
    Object.assign(target, { id: line, name: line, serviceName: line });
    authorization.permission = line;
    return event;
  });
}

/**
 * Characters that must never reach a terminal: control characters except newlines, and characters that reorder
 * or hide text.
 */
const unsafeForTerminal =
  /(?!\n)[\p{Cc}\u2028\u2029\u200b\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

/**
 * Payloads that can affect a terminal: multi-line texts in the fields that accept them, the others in every
 * field.
 */
const terminalPayloads: readonly string[] = [...displayPayloads, ...multiLine];

function expectHarmless(result: CliResult): CliResult {
  const { exitCode, stdout, stderr } = result;
  expect(exitCode, stderr).toBe(0);
  expect(unsafeForTerminal.exec(stdout + stderr)?.[0], stdout).toBe(undefined);
  return result;
}

export function describeInjection(harness: () => Harness): void {
  const cli = (...args: string[]) => runCli(args, { PORT: new URL(harness().stack.url).port });

  it('returns each payload unchanged from the API, as JSON that no browser interprets as a page', async () => {
    const { body, headers } = await harness().get(`/request-logs?${query}&order=asc&limit=200`);
    expect(body.items.length, JSON.stringify(harness().rejections())).toBe(payloads.length);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    for (const [number, { id, target, user }] of body.items.entries()) {
      const payload = payloads[number] ?? '';
      const entry = await harness().get(`/request-logs/${id}`);
      expect(entry.headers.get('x-content-type-options')).toBe('nosniff');
      expect(entry.body.reason).toBe(payload);
      expect(entry.body.after.list).toEqual([payload]);
      if (linePayloads.includes(payload)) expect([target.name, user.name]).toEqual([payload, payload]);
      expect(Object.getPrototypeOf(entry.body.after)).toBe(Object.prototype);
    }
    const refused = await harness().get('/request-logs?%3Cscript%3E=1');
    expect([refused.status, refused.headers.get('x-content-type-options')]).toEqual([400, 'nosniff']);
  });

  it('finds each payload by its own text', async () => {
    for (const payload of linePayloads) {
      const value = encodeURIComponent(exactTerm(payload));
      const { status, body } = await harness().get(`/request-logs?${query}&user=${value}`);
      expect([status, body.items?.length], payload).toEqual([200, 1]);
    }
  });

  it('executes in no spreadsheet', async () => {
    const token = await harness().stack.token('admin');
    const response = await fetch(`${harness().stack.url}/request-logs/export?format=csv&${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const rows: string[][] = parse(await response.text(), { relaxColumnCount: false });
    expect(rows).toHaveLength(payloads.length + 1);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
  });

  it('stays on one line in NDJSON', async () => {
    const token = await harness().stack.token('admin');
    const response = await fetch(`${harness().stack.url}/request-logs/export?format=ndjson&${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const lines = (await response.text()).split('\n').slice(0, -1);
    expect(lines.map((line) => typeof JSON.parse(line).id)).toEqual(payloads.map(() => 'string'));
  });

  it('forges no log line, neither from an event nor from a request', async () => {
    const token = await harness().stack.token('admin');
    for (const payload of payloads) {
      const text = encodeURIComponent(payload);
      for (const path of [`/request-logs?user=${text}`, `/request-logs/${text}`, `/request-logs?${text}=1`]) {
        await fetch(`${harness().stack.url}${path}`, {
          headers: { authorization: `Bearer ${token}`, 'user-agent': text },
        });
      }
    }
    const folder = join(harness().stack.dataDir, 'logs');
    for (const name of readdirSync(folder)) {
      for (const line of readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1)) {
        expect(() => JSON.parse(line), `${name}: ${line}`).not.toThrow();
        expect(JSON.parse(line).message, name).not.toBe('forged');
      }
    }
  });

  it('has no effect on a terminal', async () => {
    const range = ['--from', '2026-10-01T00:00:00Z', '--to', '2026-10-01T01:00:00Z', '--all'];
    for (const form of [[], ['--json'], ['--ndjson']]) expectHarmless(await cli(...range, ...form));
    const ids = await harness().ids(`${query}&order=asc`);
    const results = await Promise.all(
      terminalPayloads.map((payload) => cli('show', ids[payloads.indexOf(payload)] ?? '')),
    );
    for (const [number, payload] of terminalPayloads.entries()) {
      const { stdout } = expectHarmless(results[number] as CliResult);
      expect(stdout).toContain(`Why       ${escapeForTerminal(payload)}\n`);
      if (!linePayloads.includes(payload)) continue;
      expect(stdout).toContain(`Trace     ${escapeForTerminal(payload)}\n`);
      const [email, sourceIp] = [payload, payload.slice(0, 64)].map(escapeForTerminal);
      expect(stdout).toContain(` <${email}>, from ${sourceIp}\n`);
    }
  }, 120_000);
}
