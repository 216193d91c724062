// Tracks export progress: counts entries and bytes, and draws a progress bar on a terminal.
import type { ExportPage, ListQuery, RequestLogsClient } from '../client/client.ts';
import { findRangeEnd, RangeProgress } from '../client/export-range.ts';
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
  readonly #range: RangeProgress;
  count: number;
  bytes: number;
  /** Entries that could not be searched. A resumed export counts only those since it was resumed. */
  notSearchedCount = 0;
  /** Places in the sealed log whose entries have expired or were removed, counted in the same way. */
  removedCount = 0;

  constructor(
    output: Output,
    query: FixedQuery,
    { startMillis, endMillis }: Ends,
    resumed: Pick<PartialState, 'count' | 'bytes'> = { count: 0, bytes: 0 },
  ) {
    this.#output = output;
    this.#endMillis = endMillis;
    this.#range = new RangeProgress(firstText(query.order), firstText(query.to), startMillis);
    this.count = resumed.count;
    this.bytes = resumed.bytes;
  }

  add(page: ExportPage): void {
    this.count += page.count;
    this.notSearchedCount += page.notSearchedCount ?? 0;
    this.removedCount += page.removedCount ?? 0;
    this.bytes += Buffer.byteLength(page.text);
    if (this.#output.drawColumns === undefined) return;
    const { count, bytes } = this;
    const fraction = this.#range.fractionAfter(page, this.#endMillis);
    const progress = { count, bytes, fraction, searchedThrough: page.searchedThrough };
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

function firstText(parameter: string | string[] | undefined): string | undefined {
  return typeof parameter === 'string' ? parameter : undefined;
}
