// Runs one export from the first page to the last. Follows the cursor and can resume after a failure.
import type { ExportPage, RequestLogsClient } from '../../../client/client.ts';
import { findRangeEnd, fractionOf } from '../../../client/export-range.ts';
import type { ListFilters } from '../search/search.ts';
import type { ExportFile, ExportForm } from './export-file.ts';

export interface ExportProgress {
  readonly count: number;
  readonly bytes: number;
  /** From 0 to 1. `undefined` until it can be computed. */
  readonly fraction: number | undefined;
  /** How far the range has been searched. `undefined` before the first page. */
  readonly searchedThrough: string | undefined;
}

export interface ExportRunOptions {
  readonly client: Pick<RequestLogsClient, 'exportPages' | 'listEntries'>;
  readonly filters: ListFilters;
  readonly form: ExportForm;
  readonly file: ExportFile;
  readonly onProgress: (progress: ExportProgress) => void;
  readonly now?: () => number;
}

export const noProgress: ExportProgress = {
  count: 0,
  bytes: 0,
  fraction: undefined,
  searchedThrough: undefined,
};

export class ExportRun {
  readonly #options: ExportRunOptions;
  #startMillis: number | undefined;
  #endMillis: number | undefined;
  #cursor: string | undefined;
  #isRead = false;
  #progress = noProgress;

  constructor(options: ExportRunOptions) {
    this.#options = options;
    const { filters, now = Date.now } = options;
    // In ascending order, the export starts at the first entry, which is known only after the first page.
    if (filters.order !== 'asc') this.#startMillis = Math.min(now(), toMillis(filters.to) ?? now());
  }

  /** What has been written so far. */
  get progress(): ExportProgress {
    return this.#progress;
  }

  /**
   * Writes all remaining pages and finishes the file. Rejects with the error of the API or the file, or with the signal's
   * reason. Everything up to `progress` is written then, and the next call continues after it.
   */
  async resume(signal: AbortSignal): Promise<void> {
    const { client, filters, form, file, onProgress } = this.#options;
    const { format, columns, spreadsheet } = form;
    const query = { ...filters, format, columns, ...(spreadsheet && { spreadsheet }) };
    this.#endMillis ??= await findRangeEnd(client, filters, { signal });
    const cursor = this.#cursor === undefined ? {} : { cursor: this.#cursor };
    if (!this.#isRead) {
      for await (const page of client.exportPages({ ...query, ...cursor }, { signal })) {
        signal.throwIfAborted();
        await file.write(page.text);
        this.#cursor = page.nextCursor ?? undefined;
        this.#progress = this.#progressAfter(page);
        onProgress(this.#progress);
      }
      this.#isRead = true;
    }
    signal.throwIfAborted();
    await file.finish();
  }

  #progressAfter({ text, count, complete, searchedThrough }: ExportPage): ExportProgress {
    const reachedMillis = Date.parse(searchedThrough);
    this.#startMillis ??= reachedMillis;
    const measured =
      this.#endMillis === undefined
        ? undefined
        : fractionOf(this.#startMillis, this.#endMillis, reachedMillis);
    return {
      count: this.#progress.count + count,
      bytes: this.#progress.bytes + new Blob([text]).size,
      fraction: complete ? 1 : measured,
      searchedThrough,
    };
  }
}

function toMillis(time: string | undefined): number | undefined {
  const millis = Date.parse(time ?? '');
  return Number.isNaN(millis) ? undefined : millis;
}
