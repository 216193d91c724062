import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRequestLogsClient, type RetryOptions } from '../../client/client.ts';
import { type FakeApi, startFakeApi } from './fake-api.ts';

const page = { items: [], nextCursor: null, complete: true, searchedThrough: '1970-01-01T00:00:00.000Z' };
const answer = (status: number, retryAfter?: string) => ({
  status,
  ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
  body: { message: 'busy' },
});

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api.stop());

function makeClient(options: RetryOptions = {}) {
  return createRequestLogsClient({ baseUrl: api.url, getToken: () => 'token', ...options });
}

async function millisOf(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

describe('withRetries', () => {
  it.each([429, 503])('retries a %i after the seconds in Retry-After', async (status) => {
    api.answers = [answer(status, '1'), { body: page }];
    const millis = await millisOf(async () => expect(await makeClient().listEntries()).toEqual(page));
    expect(millis).toBeGreaterThanOrEqual(990);
    expect(millis).toBeLessThan(3000);
    expect(api.requests).toHaveLength(2);
  });

  it('accepts a date in Retry-After', async () => {
    api.answers = [answer(503, new Date(Date.now() - 60_000).toUTCString()), { body: page }];
    expect(await millisOf(() => makeClient().listEntries())).toBeLessThan(1000);
    expect(api.requests).toHaveLength(2);
  });

  it('waits for a short time without Retry-After', async () => {
    api.answers = [answer(503), { body: page }];
    const millis = await millisOf(() => makeClient().listEntries());
    expect(millis).toBeGreaterThanOrEqual(240);
    expect(millis).toBeLessThan(3000);
  });

  it.each([0, 2])('gives up after %i retries with the last response', async (maxRetries) => {
    api.answers = [answer(503, '0')];
    await expect(makeClient({ maxRetries }).listEntries()).rejects.toMatchObject({
      status: 503,
      retryAfterSeconds: 0,
    });
    expect(api.requests).toHaveLength(maxRetries + 1);
  });

  it('fails immediately when Retry-After is too long', async () => {
    api.answers = [answer(429, '3600')];
    await expect(makeClient().listEntries()).rejects.toMatchObject({ status: 429, retryAfterSeconds: 3600 });
    expect(api.requests).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 500, 502])('never retries a %i', async (status) => {
    api.answers = [answer(status, '0')];
    await expect(makeClient().listEntries()).rejects.toMatchObject({ status });
    expect(api.requests).toHaveLength(1);
  });

  it('stops waiting when aborted', async () => {
    api.answers = [answer(503, '15')];
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 100);
    const millis = await millisOf(() =>
      expect(makeClient().listEntries({}, { signal: abort.signal })).rejects.toThrow('enough'),
    );
    expect(millis).toBeLessThan(3000);
    expect(api.requests).toHaveLength(1);
  });
});
