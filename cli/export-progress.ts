// Tracks export progress: counts entries and bytes, and draws a progress bar on a terminal.
import type { ExportPage, ListQuery, RequestLogsClient } from '../client/client.ts';
import { findRangeEnd, fractionOf } from '../client/export-range.ts';
import type { Output } from '../terminal/output.ts';
import type { PartialState } from './partial-file.ts';
import { renderProgress } from './progress-bar.ts';

type FixedQuery = PartialState['query'];

interface Ends {
  /** When the export started. Later entries are included only if the query asks for them. */
  readonly startMillis: number;
  /** When the last entry in reading order occurred; `undefined` if unknown. */
  readonly endMillis: number | undefined;
}

/** Counts the exported entries and bytes, and draws the progress bar on a terminal. */
export class ExportProgress {
  readonly #output: Output;
  readonly #endMillis: number | undefined;
  #startMillis: number | undefined;
  count: number;
  bytes: number;

  constructor(
    output: Output,
    query: FixedQuery,
    { startMillis, endMillis }: Ends,
    resumed: Pick<PartialState, 'count' | 'bytes'> = { count: 0, bytes: 0 },
  ) {
    this.#output = output;
    this.#endMillis = endMillis;
    // In ascending order, the export starts at the first entry, whose time is known from the first page.
    this.#startMillis =
      query.order === 'asc' ? undefined : Math.min(startMillis, toMillis(query.to) ?? startMillis);
    this.count = resumed.count;
    this.bytes = resumed.bytes;
  }

  add(page: ExportPage): void {
    this.count += page.count;
    this.bytes += Buffer.byteLength(page.text);
    if (this.#output.drawColumns === undefined) return;
    const { searchedThrough, complete } = page;
    const reachedMillis = Date.parse(searchedThrough);
    this.#startMillis ??= reachedMillis;
    const measured =
      this.#endMillis === undefined
        ? undefined
        : fractionOf(this.#startMillis, this.#endMillis, reachedMillis);
    const { count, bytes } = this;
    const progress = { count, bytes, fraction: complete ? 1 : measured, searchedThrough };
    this.#output.draw(renderProgress(progress, this.#output.drawColumns));
  }
}

/** Asks the API for the time of the last entry, but only if a progress bar is drawn. */
export async function findEnd(
  query: FixedQuery,
  context: { readonly client: RequestLogsClient; readonly output: Output; readonly signal: AbortSignal },
): Promise<number | undefined> {
  if (context.output.drawColumns === undefined) return undefined;
  return findRangeEnd(context.client, query as ListQuery, { signal: context.signal });
}

function toMillis(time: string | string[] | undefined): number | undefined {
  const millis = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(millis) ? undefined : millis;
}
