// Converts time ranges to and from values of the date range picker. The picker only sees wall-clock times, with an offset
// of zero: it would take the offset of the wrong instant when clocks change. It has a precision of one second and the
// API's bounds are inclusive, so a range includes all of its last second.
import type { DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { readBound } from '../search/bound.ts';
import { maxAmount, type RangeUnit, rangeUnits, type TimeRange } from '../search/search.ts';
import { formatTime, formatZone, labelZone, offsetMinutes, type TimeZone } from '../time/format-time.ts';
import { fromWallTime, toWallTime } from '../time/wall-time.ts';

type PickerValue = DateRangePickerProps.Value;

export const relativeOptions: readonly (DateRangePickerProps.RelativeOption & { unit: RangeUnit })[] = [
  { key: '15m', type: 'relative', amount: 15, unit: 'minute' },
  { key: '1h', type: 'relative', amount: 1, unit: 'hour' },
  { key: '6h', type: 'relative', amount: 6, unit: 'hour' },
  { key: '24h', type: 'relative', amount: 24, unit: 'hour' },
  { key: '7d', type: 'relative', amount: 7, unit: 'day' },
  { key: '30d', type: 'relative', amount: 30, unit: 'day' },
  { key: '90d', type: 'relative', amount: 90, unit: 'day' },
];

/**
 * Returns the picker's value. `undefined` for any time or a range that it cannot show. The picker cannot be given an open
 * end, so an open end gets the time of the other end; `findOpenEnds` says which ones to clear.
 */
export function toPickerValue(range: TimeRange, zone: TimeZone): PickerValue | undefined {
  if (range.type === 'any' || range.type === 'unreadable') return undefined;
  if (range.type === 'last') {
    const { amount, unit } = range;
    const option = relativeOptions.find((known) => known.amount === amount && known.unit === unit);
    return { type: 'relative', amount, unit, ...(option?.key !== undefined && { key: option.key }) };
  }
  const [start, end] = [toPickerDate(range.from, 'from', zone), toPickerDate(range.to, 'to', zone)];
  const isInvalid = [range.from, range.to].filter(Boolean).length > [start, end].filter(Boolean).length;
  const [startDate, endDate] = [start ?? end, end ?? start];
  if (isInvalid || startDate === undefined || endDate === undefined) return undefined;
  return { type: 'absolute', startDate, endDate };
}

/** Returns the ends of the range that have no limit. */
export function findOpenEnds(range: TimeRange): readonly ('from' | 'to')[] {
  if (range.type !== 'between') return [];
  return (['from', 'to'] as const).filter((edge) => range[edge] === undefined);
}

/**
 * Returns the range for a value of the picker. A bound that still shows the same time keeps its exact value in `current`,
 * so that applying an unchanged range changes nothing.
 */
export function fromPickerValue(value: PickerValue | null, zone: TimeZone, current: TimeRange): TimeRange {
  if (value === null) return { type: 'any' };
  if (value.type === 'relative') {
    const unit = rangeUnits.find((known) => known === value.unit) ?? 'day';
    return { type: 'last', amount: value.amount, unit };
  }
  const from = readPickerDate(value.startDate, 'from', zone, current);
  const to = readPickerDate(value.endDate, 'to', zone, current);
  if (from === undefined && to === undefined) return { type: 'any' };
  return { type: 'between', ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function readPickerDate(date: string, edge: 'from' | 'to', zone: TimeZone, current: TimeRange) {
  if (isEmptyDate(date)) return undefined;
  const wall = stripOffset(date);
  const kept = current.type === 'between' ? current[edge] : undefined;
  const shown = toPickerDate(kept, edge, zone);
  if (kept !== undefined && shown !== undefined && isShownAs(stripOffset(shown), wall)) return kept;
  const millis = fromWallTime(wall, edge, (at) => offsetMinutes(at, zone));
  if (millis === undefined) return undefined;
  return new Date(edge === 'from' ? millis : millis + 999).toISOString();
}

function toPickerDate(bound: string | undefined, edge: 'from' | 'to', zone: TimeZone): string | undefined {
  const millis = bound === undefined ? undefined : readBound(bound, edge);
  return millis === undefined ? undefined : `${toWallTime(millis, (at) => offsetMinutes(at, zone))}Z`;
}

/** Whether the picker shows the first time as the second: it shifts a time that does not exist in the browser's zone. */
function isShownAs(wall: string, shown: string): boolean {
  return wall === shown || toWallTime(Date.parse(wall), (at) => offsetMinutes(at, 'local')) === shown;
}

function isEmptyDate(date: string): boolean {
  return date === '' || date.startsWith('T');
}

function stripOffset(date: string): string {
  return date.replace(/(?:Z|[+-]\d\d:\d\d)$/, '');
}

/** Returns why the picker's value is invalid, or `undefined` if it is valid. */
export function findRangeError(value: PickerValue | null): string | undefined {
  if (value === null) return undefined;
  if (value.type === 'relative') {
    const isWhole = Number.isInteger(value.amount) && value.amount >= 1 && value.amount <= maxAmount;
    return isWhole ? undefined : `Enter a whole number from 1 to ${maxAmount.toLocaleString('en')}.`;
  }
  const { startDate, endDate } = value;
  if (isEmptyDate(startDate) && isEmptyDate(endDate)) return 'Choose a start date, an end date, or both.';
  const given = [startDate, endDate].filter((date) => !isEmptyDate(date));
  // Wall-clock times, so any fixed offset validates and compares them.
  const times = given.map((date) => fromWallTime(stripOffset(date), 'from', () => 0));
  if (times.includes(undefined)) return 'Enter dates as YYYY-MM-DD and times as hh:mm:ss.';
  const [start = 0, end = start] = times;
  return start > end ? 'The start must be before the end.' : undefined;
}

/** The hint for the format of dates and times. */
export function describeInput(zone: TimeZone): string {
  return `For example, 2026-11-05 and 16:40:51. Time zone: ${labelZone(zone)}. For an open range, leave a date empty.`;
}

/**
 * Describes the range: `Any time`, `Last 24 hours`, `2026-11-01 00:00:00 to …`, `Since …`. An invalid range is returned as
 * written in the URL.
 */
export function describeRange(range: TimeRange, zone: TimeZone): string {
  if (range.type === 'any') return 'Any time';
  if (range.type === 'last') return describeLast(range.amount, range.unit);
  if (range.type === 'unreadable') return formatUnreadable(range);
  const { from, to } = range;
  const [start, end] = [formatBound(from, 'from', zone), formatBound(to, 'to', zone)];
  if (start === undefined) return `Until ${end?.text} ${end?.zone}`.trim();
  if (end === undefined) return `Since ${start.text} ${start.zone}`.trim();
  const startZone = start.zone === end.zone ? '' : ` ${start.zone}`;
  return `${start.text}${startZone} to ${end.text} ${end.zone}`.trim();
}

function formatUnreadable({ last, from, to }: TimeRange & { readonly type: 'unreadable' }): string {
  const said = Object.entries({ last, from, to }).filter(([, value]) => value !== undefined);
  return escapeUnsafe(said.map(([name, value]) => `${name}=${value}`).join(', '));
}

/** Formats a bound, with its UTC offset separate. An invalid bound is returned as written in the URL. */
function formatBound(bound: string | undefined, edge: 'from' | 'to', zone: TimeZone) {
  if (bound === undefined) return undefined;
  const time = readBound(bound, edge);
  if (time === undefined) return { text: escapeUnsafe(bound), zone: '' };
  return { text: formatTime(time, zone), zone: formatZone(zone, time) };
}

export function describeLast(amount: number, unit: RangeUnit): string {
  return amount === 1 ? `Last ${unit}` : `Last ${amount} ${unit}s`;
}
