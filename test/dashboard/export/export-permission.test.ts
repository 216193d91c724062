import { describe, expect, it } from 'vitest';
import { ApiError, type ExportPage } from '../../../client/client.ts';
import { findRefusal } from '../../../dashboard/src/export/export-permission.ts';

const { signal } = new AbortController();
const page = { text: '', count: 0, nextCursor: null, complete: true, searchedThrough: '' };

/** A client whose export returns this answer. Records its queries. */
function clientOf(answer: () => Promise<ExportPage>) {
  const queries: object[] = [];
  const exportEntries = (query: object) => {
    queries.push(query);
    return answer();
  };
  return { client: { exportEntries }, queries };
}

describe('findRefusal', () => {
  it('returns the error of the API when the user lacks the permission', async () => {
    const body = { code: 'FORBIDDEN', field: 'request-logs:export', detail: 'no' };
    const refusal = new ApiError(new Response(null, { status: 403 }), body);
    const { client, queries } = clientOf(() => Promise.reject(refusal));
    expect(await findRefusal(client, signal)).toBe(refusal);
    expect(queries).toEqual([{ format: 'ndjson', limit: 1, to: '1970-01-01' }]);
  });

  it('returns null when the user has the permission', async () => {
    expect(await findRefusal(clientOf(async () => page).client, signal)).toBeNull();
  });

  it('ignores other failures', async () => {
    const failures = [new ApiError(new Response(null, { status: 503 }), {}), new TypeError('fetch failed')];
    for (const failure of failures)
      expect(await findRefusal(clientOf(() => Promise.reject(failure)).client, signal)).toBeNull();
  });
});
