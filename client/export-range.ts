// Estimates export progress. The total entry count is unknown, so progress is measured by time: from the start of the
// export to the time of the last entry.
import { ApiError } from './api-error.ts';
import type { CallOptions, ListQuery, RequestLogsClient } from './client.ts';

/** When the last entry in reading order occurred, in epoch milliseconds; `undefined` if the API call fails. */
export async function findRangeEnd(
  client: Pick<RequestLogsClient, 'listEntries'>,
  query: ListQuery,
  call: CallOptions,
): Promise<number | undefined> {
  const order = query.order === 'asc' ? 'desc' : 'asc';
  try {
    const page = await client.listEntries({ ...query, order, limit: 1 }, call);
    return Date.parse(page.items[0]?.timestamp ?? page.searchedThrough);
  } catch (error) {
    // A missing progress estimate must not fail the export.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

/** The completed fraction of the range, from 0 to 1; `undefined` for an empty range. */
export function fractionOf(
  startMillis: number,
  endMillis: number,
  reachedMillis: number,
): number | undefined {
  if (startMillis === endMillis) return undefined;
  return Math.min(1, Math.max(0, (reachedMillis - startMillis) / (endMillis - startMillis)));
}
