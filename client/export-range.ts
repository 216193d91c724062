// How far an export has come. Nobody counts the entries beforehand, so it is told by time: from where reading starts to
// where the last entry is.
import { ApiError } from './api-error.ts';
import type { CallOptions, ListQuery, RequestLogsClient } from './client.ts';

/** When the last entry in reading order occurred, milliseconds; `undefined` when the API does not tell. */
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
    // An export does not fail for want of its progress.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

/** Which part of the range, from where reading starts to where it ends, lies behind; `undefined` for an empty range. */
export function fractionOf(
  startMillis: number,
  endMillis: number,
  reachedMillis: number,
): number | undefined {
  if (startMillis === endMillis) return undefined;
  return Math.min(1, Math.max(0, (reachedMillis - startMillis) / (endMillis - startMillis)));
}
