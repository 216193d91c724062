// Texts of the export dialog: its progress and why it stopped.
import { formatBytes } from '../../../core/values/format-bytes.ts';
import { describeProblem } from '../api/problem.ts';
import type { ListFilters } from '../search/search.ts';
import { formatTime, formatZone, type TimeZone } from '../time/format-time.ts';
import { ExportTooLarge, maxMemoryBytes } from './export-file.ts';
import type { ExportProgress } from './export-run.ts';

/** For example `1,204 entries, 2.1 MB`. */
export function describeAmount({ count, bytes }: Pick<ExportProgress, 'count' | 'bytes'>): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'entry' : 'entries'}, ${formatBytes(bytes)}`;
}

/** How far the export has searched. Empty before the first page. */
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
  /** Whether resuming the export can help. */
  readonly canResume: boolean;
}

export function describeExportProblem(error: unknown): ExportProblem {
  if (error instanceof ExportTooLarge) {
    return {
      title: 'The export is too large for this browser',
      advice: `This browser keeps the export in memory, up to ${formatBytes(maxMemoryBytes)}. Export a shorter time range, use Chrome or Edge, or run request-logs export on the command line.`,
      canResume: false,
    };
  }
  if (error instanceof DOMException) {
    return {
      title: 'The file could not be written',
      advice: `The browser reported: ${error.message}`,
      canResume: false,
    };
  }
  const { kind, title, advice, field } = describeProblem(error);
  switch (kind) {
    case 'forbidden':
      return {
        title: 'You do not have permission to export entries',
        advice: `${field === undefined ? advice : `You need the permission ${field}.`} Ask an administrator of your organization for a role that grants it, such as Auditor.`,
        canResume: false,
      };
    case 'busy':
      return {
        title: 'The log store is busy',
        advice: 'Wait a moment, then resume the export.',
        canResume: true,
      };
    case 'failed':
      return {
        title: 'The export stopped',
        advice: 'The service returned an error. You can resume the export where it stopped.',
        canResume: true,
      };
    case 'offline':
      return { title, advice: 'Check your network connection, then resume the export.', canResume: true };
    case 'defect':
    case 'session':
    case 'filter':
    case 'missing':
      return { title, advice, canResume: false };
  }
}
