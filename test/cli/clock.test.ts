import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDifference } from '../../cli/clock.ts';
import { type FakeApi, startFakeApi } from './fake-api.ts';
import { runCli } from './run-cli.ts';

const minute = 60_000;

describe('describeDifference', () => {
  it('warns above one minute', () => {
    expect([0, minute, -minute].map(describeDifference)).toEqual([undefined, undefined, undefined]);
    expect(describeDifference(20 * minute)).toContain("20 min ahead of the API's");
    expect(describeDifference(-180 * minute)).toContain("3 h behind the API's");
  });
});

describe('relative times of the command line', () => {
  let api: FakeApi;
  beforeAll(async () => {
    api = await startFakeApi();
  });
  afterAll(() => api[Symbol.asyncDispose]());

  it('are those of the API, with a warning if this machine has another time', async () => {
    api.aheadMillis = -20 * minute;
    const startMillis = Date.now();
    const { exitCode, stderr } = await runCli(['list', '--from', '10m', '--url', api.url]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("This machine's clock is 20 min ahead of the API's.");
    const from = Date.parse(api.requests.at(-1)?.query.get('from') ?? '');
    expect(Math.abs(from - (startMillis - 30 * minute))).toBeLessThan(minute);
  });

  it('need no request when there are none', async () => {
    api.aheadMillis = -20 * minute;
    const { stderr } = await runCli(['list', '--from', '2026-11-01', '--url', api.url]);
    expect(stderr).not.toContain('clock');
  });
});
