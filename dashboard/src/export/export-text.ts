// What the export dialog says: how far it came, and why it stopped.
import { formatBytes } from '../../../core/values/format-bytes.ts';
import { describeProblem } from '../api/problem.ts';
import type { ListFilters } from '../search/search.ts';
import { formatTime, formatZone, type TimeZone } from '../time/format-time.ts';
import { ExportTooLarge, maxMemoryBytes } from './export-file.ts';
import type { ExportProgress } from './export-run.ts';

/** Such as `1,204 entries, 2.1 MB`. */
export function describeAmount({ count, bytes }: Pick<ExportProgress, 'count' | 'bytes'>): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'entry' : 'entries'}, ${formatBytes(bytes)}`;
}

/** How far the search has come; empty before the first page. */
export function describeProgress(
  { searchedThrough }: Pick<ExportProgress, 'searchedThrough'>,
  order: ListFilters['order'],
  zone: TimeZone,
): string {
  if (searchedThrough === undefined) return '';
  const time = `${formatTime(searchedThrough, zone)} ${formatZone(zone, Date.parse(searchedThrough))}`;
  return order === 'asc' ? `up to ${time}` : `back to ${time}`;
}

export interface ExportProblem {
  readonly title: string;
  readonly advice: string;
  /** Whether going on may help. */
  readonly canGoOn: boolean;
}

export function describeExportProblem(error: unknown): ExportProblem {
  if (error instanceof ExportTooLarge) {
    return {
      title: 'The export is too large for this browser',
      advice: `It keeps an export in memory, up to ${formatBytes(maxMemoryBytes)}. Export a shorter time at once, use a browser that writes to disk (Chrome or Edge), or the command line: request-logs export.`,
      canGoOn: false,
    };
  }
  if (error instanceof DOMException) {
    return {
      title: 'The file could not be written',
      advice: `The browser said: ${error.message}`,
      canGoOn: false,
    };
  }
  const { kind, title, advice, field } = describeProblem(error);
  switch (kind) {
    case 'forbidden':
      return {
        title: 'You may not export entries',
        advice: `${field === undefined ? advice : `This needs the permission ${field}.`} An administrator of your organisation can grant it, for example with the role Auditor.`,
        canGoOn: false,
      };
    case 'busy':
      return {
        title: 'The log store is busy',
        advice: 'The export has stopped and can go on where it is in a moment.',
        canGoOn: true,
      };
    case 'failed':
      return {
        title: 'The export has stopped',
        advice: 'The service failed to answer. The export can go on where it is.',
        canGoOn: true,
      };
    case 'offline':
      return { title, advice: 'Check the network; the export can go on where it is.', canGoOn: true };
    case 'defect':
    case 'session':
    case 'filter':
    case 'missing':
      return { title, advice, canGoOn: false };
  }
}
