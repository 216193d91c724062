// Runs one export from the first page to the last. Follows the cursor and can resume after a failure.
import type { ExportPage, RequestLogsClient } from '../../../client/client.ts';
import { findRangeEnd, RangeProgress } from '../../../client/export-range.ts';
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
  readonly #range: RangeProgress;
  #endMillis: number | undefined;
  #cursor: string | undefined;
  #isRead = false;
  #progress = noProgress;

  constructor(options: ExportRunOptions) {
    this.#options = options;
    const { filters, now = Date.now } = options;
    this.#range = new RangeProgress(filters.order, filters.to, now());
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

  #progressAfter(page: ExportPage): ExportProgress {
    return {
      count: this.#progress.count + page.count,
      bytes: this.#progress.bytes + new Blob([page.text]).size,
      fraction: this.#range.fractionAfter(page, this.#endMillis),
      searchedThrough: page.searchedThrough,
    };
  }
}
