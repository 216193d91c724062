// Picker for the time range: relative, absolute, or any time.
import DateRangePicker from '@cloudscape-design/components/date-range-picker';
import type { RangeUnit, TimeRange } from '../search/search.ts';
import { offsetMinutes, type TimeZone } from '../time/format-time.ts';
import {
  describeInput,
  describeLast,
  describeRange,
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

export function TimeRangePicker({ range, zone, onChange }: TimeRangePickerProps) {
  return (
    <DateRangePicker
      value={toPickerValue(range, Date.now()) ?? null}
      relativeOptions={relativeOptions}
      customRelativeRangeUnits={['minute', 'hour', 'day', 'week']}
      isValidRange={(value) => {
        const errorMessage = findRangeError(value);
        return errorMessage === undefined ? { valid: true } : { valid: false, errorMessage };
      }}
      onChange={({ detail }) => onChange(fromPickerValue(detail.value))}
      getTimeOffset={(date) => offsetMinutes(date.getTime(), zone)}
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
        customRelativeRangeOptionDescription: 'Enter a number of minutes, hours, days or weeks',
      }}
      expandToViewport
    />
  );
}
