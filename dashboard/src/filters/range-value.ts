// Converts time ranges to and from values of the date range picker. The picker has a precision of one second and the
// API's bounds are inclusive, so a range includes all of its last second.
import type { DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import { readBound } from '../search/bound.ts';
import { maxAmount, type RangeUnit, rangeUnits, type TimeRange } from '../search/search.ts';
import { formatTime, formatZone, labelZone, type TimeZone } from '../time/format-time.ts';

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

/** Returns the picker's value. An open end becomes now or 1970. `undefined` for any time or a range that it cannot show. */
export function toPickerValue(range: TimeRange, nowMillis: number): PickerValue | undefined {
  if (range.type === 'any' || range.type === 'unreadable') return undefined;
  if (range.type === 'last') {
    const { amount, unit } = range;
    const option = relativeOptions.find((known) => known.amount === amount && known.unit === unit);
    return { type: 'relative', amount, unit, ...(option?.key !== undefined && { key: option.key }) };
  }
  const from = range.from === undefined ? 0 : readBound(range.from, 'from');
  const to = range.to === undefined ? nowMillis : readBound(range.to, 'to');
  if (from === undefined || to === undefined) return undefined;
  return { type: 'absolute', startDate: toSeconds(from), endDate: toSeconds(to) };
}

export function fromPickerValue(value: PickerValue | null): TimeRange {
  if (value === null) return { type: 'any' };
  if (value.type === 'relative') {
    const unit = rangeUnits.find((known) => known === value.unit) ?? 'day';
    return { type: 'last', amount: value.amount, unit };
  }
  const to = new Date(Date.parse(value.endDate) + 999).toISOString();
  return { type: 'between', from: new Date(value.startDate).toISOString(), to };
}

/** Returns why the picker's value is invalid, or `undefined` if it is valid. */
export function findRangeError(value: PickerValue | null): string | undefined {
  if (value === null) return undefined;
  if (value.type === 'relative') {
    const isWhole = Number.isInteger(value.amount) && value.amount >= 1 && value.amount <= maxAmount;
    return isWhole ? undefined : `Enter a whole number from 1 to ${maxAmount.toLocaleString('en')}.`;
  }
  const [start, end] = [Date.parse(value.startDate), Date.parse(value.endDate)];
  if (Number.isNaN(start) || Number.isNaN(end)) return 'Choose a start date and an end date.';
  return start > end ? 'The start must be before the end.' : undefined;
}

/** The hint for the format of dates and times. */
export function describeInput(zone: TimeZone): string {
  return `For example, 2026-11-05 and 16:40:51. Time zone: ${labelZone(zone)}.`;
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
  return said.map(([name, value]) => `${name}=${value}`).join(', ');
}

/** Formats a bound, with its UTC offset separate. An invalid bound is returned as written in the URL. */
function formatBound(bound: string | undefined, edge: 'from' | 'to', zone: TimeZone) {
  if (bound === undefined) return undefined;
  const time = readBound(bound, edge);
  if (time === undefined) return { text: bound, zone: '' };
  return { text: formatTime(time, zone), zone: formatZone(zone, time) };
}

export function describeLast(amount: number, unit: RangeUnit): string {
  return amount === 1 ? `Last ${unit}` : `Last ${amount} ${unit}s`;
}

function toSeconds(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 19)}Z`;
}
