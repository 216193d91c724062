// The range of time that is searched: up to now, between two times, or any.
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
        const mistake = findRangeError(value);
        return mistake === undefined ? { valid: true } : { valid: false, errorMessage: mistake };
      }}
      onChange={({ detail }) => onChange(fromPickerValue(detail.value))}
      getTimeOffset={(date) => offsetMinutes(date.getTime(), zone)}
      dateInputFormat="iso"
      timeInputFormat="hh:mm:ss"
      absoluteFormat="iso"
      placeholder="Any time"
      renderTriggerContent={() => describeRange(range, zone)}
      ariaLabel="Range of time"
      i18nStrings={{
        formatRelativeRange: ({ amount, unit }) => describeLast(amount, unit as RangeUnit),
        clearButtonLabel: 'Any time',
        relativeModeTitle: 'Up to now',
        absoluteModeTitle: 'Between two times',
        isoDateTimeConstraintText: describeInput(zone),
        customRelativeRangeOptionLabel: 'Another',
        customRelativeRangeOptionDescription: 'As many minutes, hours, days or weeks as you want',
      }}
      expandToViewport
    />
  );
}
