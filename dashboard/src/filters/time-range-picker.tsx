// Picker for the time range: relative, absolute, or any time.
import Button from '@cloudscape-design/components/button';
import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLayoutEffect } from 'react';
import { serverClock } from '../network/use-server-clock.ts';
import type { RangeUnit, TimeRange } from '../search/search.ts';
import type { TimeZone } from '../time/format-time.ts';
import { calendarPeriods, findCalendarPeriod } from './calendar-period.ts';
import {
  describeInput,
  describeLast,
  describeRange,
  findOpenEnds,
  findRangeError,
  fromPickerValue,
  relativeOptions,
  toPickerValue,
} from './range-value.ts';

export interface TimeRangePickerProps {
  readonly range: TimeRange;
  readonly zone: TimeZone;
  readonly onChange: (range: TimeRange) => void;
}

export default function TimeRangePicker({ range, zone, onChange }: TimeRangePickerProps) {
  return (
    <DateRangePicker
      value={toPickerValue(range, zone) ?? null}
      relativeOptions={relativeOptions}
      customRelativeRangeUnits={['minute', 'hour', 'day', 'week']}
      isValidRange={(value) => {
        const errorMessage = findRangeError(value);
        return errorMessage === undefined ? { valid: true } : { valid: false, errorMessage };
      }}
      onChange={({ detail }) => onChange(fromPickerValue(detail.value, zone, range))}
      timeOffset={0}
      customAbsoluteRangeControl={(selected, onSelect) => (
        <AbsoluteShortcuts range={range} zone={zone} selected={selected} onSelect={onSelect} />
      )}
      dateInputFormat="iso"
      timeInputFormat="hh:mm:ss"
      absoluteFormat="iso"
      placeholder="Any time"
      renderTriggerContent={() => describeRange(range, zone)}
      ariaLabel="Time range"
      i18nStrings={{
        formatRelativeRange: ({ amount, unit }) => describeLast(amount, unit as RangeUnit),
        clearButtonLabel: 'Any time',
        relativeModeTitle: 'Relative range',
        absoluteModeTitle: 'Absolute range',
        isoDateTimeConstraintText: describeInput(zone),
        customRelativeRangeOptionLabel: 'Custom range',
        customRelativeRangeOptionDescription: 'Enter a number of minutes, hours, days, or weeks',
      }}
      expandToViewport
    />
  );
}

interface AbsoluteShortcutsProps {
  readonly range: TimeRange;
  readonly zone: TimeZone;
  readonly selected: DateRangePickerProps.PendingAbsoluteValue;
  readonly onSelect: React.Dispatch<React.SetStateAction<DateRangePickerProps.PendingAbsoluteValue>>;
}

const emptyDate = { date: '', time: '' };

/**
 * Buttons that choose a calendar period, or remove the start or the end of an absolute range. The end of a range that is
 * already open starts empty.
 */
function AbsoluteShortcuts({ range, zone, selected, onSelect }: AbsoluteShortcutsProps) {
  const { start, end } = selected;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the calendar opens, before the user changes it
  useLayoutEffect(() => {
    const [open] = findOpenEnds(range);
    const isUnchanged = start.date === end.date && start.time === end.time;
    if (open !== undefined && isUnchanged)
      onSelect({ ...selected, [open === 'from' ? 'start' : 'end']: emptyDate });
  }, []);
  return (
    <SpaceBetween size="xs" direction="horizontal">
      {calendarPeriods.map((period) => (
        <Button
          key={period}
          formAction="none"
          onClick={() => {
            const { first, last } = findCalendarPeriod(period, serverClock.now(), zone);
            onSelect({ start: { date: first, time: '00:00:00' }, end: { date: last, time: '23:59:59' } });
          }}
        >
          {period}
        </Button>
      ))}
      <Button
        formAction="none"
        disabled={start.date === ''}
        onClick={() => onSelect({ ...selected, start: emptyDate })}
      >
        No start
      </Button>
      <Button
        formAction="none"
        disabled={end.date === ''}
        onClick={() => onSelect({ ...selected, end: emptyDate })}
      >
        No end
      </Button>
    </SpaceBetween>
  );
}
