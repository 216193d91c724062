// Estimates export progress. The total entry count is unknown, so progress is measured by time: from the start of the
// export to the time of the last entry.
import { ApiError } from './api-error.ts';
import type { CallOptions, ExportPage, ListQuery, RequestLogsClient } from './client.ts';

/** When the last entry in reading order occurred, in epoch milliseconds; `undefined` if the API call fails. */
export async function findRangeEnd(
  client: Pick<RequestLogsClient, 'listEntries'>,
  query: ListQuery,
  call: CallOptions,
): Promise<number | undefined> {
  // The order of the sealed log has no end that a time describes.
  if (query.order === 'recorded') return undefined;
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

/** How much of an export is complete, measured by the time that each page reached. */
export class RangeProgress {
  #startMillis: number | undefined;

  /**
   * In descending order, an export starts at `nowMillis`, or at the end of its range if that is earlier. In ascending
   * order, it starts at the first entry, whose time is known from the first page.
   */
  constructor(order: string | undefined, to: string | undefined, nowMillis: number) {
    if (order === 'asc' || order === 'recorded') return;
    const toMillis = Date.parse(to ?? '');
    this.#startMillis = Number.isNaN(toMillis) ? nowMillis : Math.min(nowMillis, toMillis);
  }

  /** The completed fraction after the page, from 0 to 1; `undefined` if the end of the range is unknown or its start. */
  fractionAfter(
    { complete, searchedThrough }: Pick<ExportPage, 'complete' | 'searchedThrough'>,
    endMillis: number | undefined,
  ): number | undefined {
    const reachedMillis = Date.parse(searchedThrough);
    this.#startMillis ??= reachedMillis;
    if (complete) return 1;
    return endMillis === undefined ? undefined : fractionOf(this.#startMillis, endMillis, reachedMillis);
  }
}
