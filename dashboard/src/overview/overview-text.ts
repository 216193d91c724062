// Texts of the overview.
import type { Counts, Summary } from '../../../core/counts/summary.ts';
import { formatTime, type TimeZone } from '../time/format-time.ts';
import { type Bar, type SegmentName, segmentNames } from './histogram-bars.ts';

export const segmentLabels: Readonly<Record<SegmentName, string>> = {
  CREATE: 'Created',
  UPDATE: 'Updated',
  DELETE: 'Deleted',
  denied: 'Denied',
};

/** Formats a number with thousands separators. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en');
}

/**
 * The change since the previous period: `+5`, `−3`, or `no change`. It counts actions that were done, or denied attempts if
 * nothing was done in either period.
 */
export function formatChange({
  count,
  denied,
  previous = { count: 0, denied: 0 },
}: Counts & { readonly previous?: Counts }): string {
  const isDone = count > 0 || previous.count > 0;
  const change = isDone ? count - previous.count : denied - previous.denied;
  if (change === 0) return 'no change';
  return `${change > 0 ? '+' : '−'}${formatNumber(Math.abs(change))}`;
}

/** The numbers of a group in words: `14 done, 1 denied; 9 done in the previous period`. */
export function describeCounts({ count, denied, previous }: Counts & { readonly previous?: Counts }): string {
  const attempts = denied === 0 ? '' : `, ${formatNumber(denied)} denied`;
  const before =
    previous === undefined ? '' : `; ${formatNumber(previous.count)} done in the previous period`;
  return `${formatNumber(count)} done${attempts}${before}`;
}

/** The start of a bar: `2026-11-05`, or `2026-11-05 16:00` for an hour. */
export function formatBar({ fromMillis }: Bar, interval: Summary['interval'], zone: TimeZone): string {
  return formatTime(fromMillis, zone).slice(0, interval === 'hour' ? 16 : 10);
}

/** The numbers of a bar: `12 updated, 1 denied`. */
export function describeBar({ segments }: Bar): string {
  const parts = segmentNames
    .filter((name) => segments[name] > 0)
    .map((name) => `${formatNumber(segments[name])} ${segmentLabels[name].toLowerCase()}`);
  return parts.length === 0 ? 'no entries' : parts.join(', ');
}

/** The totals, and the change since the previous period. If nothing was done in either, only what was denied. */
export function describeTotals({ total, denied, previous }: Summary): string {
  const before = previous && { count: previous.total, denied: previous.denied };
  const change = formatChange({ count: total, denied, ...(before && { previous: before }) });
  const compared = previous === undefined ? '' : ` (${change} compared with the previous period)`;
  const isOnlyDenied = total === 0 && (previous?.total ?? 0) === 0 && denied + (previous?.denied ?? 0) > 0;
  if (isOnlyDenied) return `${formatNumber(denied)} denied${compared}`;
  return `${formatNumber(total)} done${compared}, ${formatNumber(denied)} denied`;
}
