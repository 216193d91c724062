import { describe, expect, it } from 'vitest';
import { ApiError, type ExportPage } from '../../../client/client.ts';
import { findRefusal } from '../../../dashboard/src/export/export-permission.ts';

const { signal } = new AbortController();
const page = { text: '', count: 0, nextCursor: null, complete: true, searchedThrough: '' };

/** A client whose export answers so; keeps what it was asked for. */
function clientOf(answer: () => Promise<ExportPage>) {
  const asked: object[] = [];
  const exportEntries = (query: object) => {
    asked.push(query);
    return answer();
  };
  return { client: { exportEntries }, asked };
}

describe('findRefusal', () => {
  it('gives what the API refuses an export with', async () => {
    const body = { code: 'FORBIDDEN', field: 'request-logs:export', detail: 'no' };
    const refusal = new ApiError(new Response(null, { status: 403 }), body);
    const { client, asked } = clientOf(() => Promise.reject(refusal));
    expect(await findRefusal(client, signal)).toBe(refusal);
    expect(asked).toEqual([{ format: 'ndjson', limit: 1, to: '1970-01-01' }]);
  });

  it('gives nothing to those who may export', async () => {
    expect(await findRefusal(clientOf(async () => page).client, signal)).toBeNull();
  });

  it('leaves every other failure to the export itself', async () => {
    const failures = [new ApiError(new Response(null, { status: 503 }), {}), new TypeError('fetch failed')];
    for (const failure of failures)
      expect(await findRefusal(clientOf(() => Promise.reject(failure)).client, signal)).toBeNull();
  });
});
