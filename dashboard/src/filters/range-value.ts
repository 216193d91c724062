// The range of time as the date range picker knows it, and back. The picker counts in seconds; the API's bounds are
// inclusive, so a range ends with its last second.
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

/** The picker's value; an end that is open is now or 1970, and `undefined` stands for any time or none it can show. */
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

/** What is wrong with a value that somebody is about to choose; `undefined` when it can be searched. */
export function findRangeError(value: PickerValue | null): string | undefined {
  if (value === null) return undefined;
  if (value.type === 'relative') {
    const isWhole = Number.isInteger(value.amount) && value.amount >= 1 && value.amount <= maxAmount;
    return isWhole ? undefined : `Give a whole number from 1 to ${maxAmount.toLocaleString('en')}.`;
  }
  const [start, end] = [Date.parse(value.startDate), Date.parse(value.endDate)];
  if (Number.isNaN(start) || Number.isNaN(end)) return 'Choose a first and a last day.';
  return start > end ? 'The start must not be after the end.' : undefined;
}

/** How a time between two times is given. */
export function describeInput(zone: TimeZone): string {
  return `Dates as 2026-11-05, times as 16:40:51, both in ${labelZone(zone)}.`;
}

/** The range in words: `Any time`, `Last 24 hours`, `2026-11-01 00:00:00 to …`, `Since …`; as it stands if it is none. */
export function describeRange(range: TimeRange, zone: TimeZone): string {
  if (range.type === 'any') return 'Any time';
  if (range.type === 'last') return describeLast(range.amount, range.unit);
  if (range.type === 'unreadable') return sayAsItStands(range);
  const { from, to } = range;
  const [start, end] = [sayBound(from, 'from', zone), sayBound(to, 'to', zone)];
  if (start === undefined) return `Until ${end?.text} ${end?.zone}`.trim();
  if (end === undefined) return `Since ${start.text} ${start.zone}`.trim();
  const startZone = start.zone === end.zone ? '' : ` ${start.zone}`;
  return `${start.text}${startZone} to ${end.text} ${end.zone}`.trim();
}

function sayAsItStands({ last, from, to }: TimeRange & { readonly type: 'unreadable' }): string {
  const said = Object.entries({ last, from, to }).filter(([, value]) => value !== undefined);
  return said.map(([name, value]) => `${name}=${value}`).join(', ');
}

/** A bound in words, with its offset apart; one that is no time as it stands in the address. */
function sayBound(bound: string | undefined, edge: 'from' | 'to', zone: TimeZone) {
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
