// Chooses a moment: a slider that steps through the actions, and a date and time for any other moment.
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Slider from '@cloudscape-design/components/slider';
import TimeInput from '@cloudscape-design/components/time-input';
import { useEffect, useState } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { labelAction } from '../labels/labels.ts';
import { formatTime, labelZone, offsetMinutes, type TimeZone } from '../time/format-time.ts';
import { fromWallTime, toWallTime } from '../time/wall-time.ts';
import { findMoment } from './timeline-rows.ts';

export interface MomentFieldProps {
  readonly label: string;
  /** The chosen moment, in RFC 3339. */
  readonly time: string;
  /** The actions, oldest first. */
  readonly moments: readonly ListItem[];
  readonly zone: TimeZone;
  readonly onChange: (time: string) => void;
}

export function MomentField({ label, time, moments, zone, onChange }: MomentFieldProps) {
  const index = Math.max(0, findMoment(moments, time));
  const describe = (place: number) => {
    const moment = moments[place];
    return moment ? `${formatTime(moment.timestamp, zone)}, ${labelAction(moment)}` : '';
  };
  return (
    <div className="history-moment">
      {moments.length > 1 && (
        <FormField label={label} description="Each step is one action." stretch>
          <Slider
            value={index}
            min={0}
            max={moments.length - 1}
            step={1}
            tickMarks={moments.length <= 40}
            hideFillLine
            valueFormatter={describe}
            ariaLabel={`${label}: action`}
            onChange={({ detail }) => {
              const moment = moments[detail.value];
              if (moment !== undefined) onChange(moment.timestamp);
            }}
          />
        </FormField>
      )}
      <DateAndTime label={label} time={time} zone={zone} onChange={onChange} />
    </div>
  );
}

/** The time that a new date gets, as in the API: a date means the end of its day. */
const endOfDay = '23:59:59';

/** A date and a time in the time zone of the page. Incomplete input changes nothing. */
function DateAndTime({ label, time, zone, onChange }: Omit<MomentFieldProps, 'moments'>) {
  const offsetAt = (millis: number) => offsetMinutes(millis, zone);
  const millis = Date.parse(time);
  const [date = '', clock = ''] = Number.isNaN(millis) ? [] : toWallTime(millis, offsetAt).split('T');
  const [draft, setDraft] = useState({ date, clock });
  // The slider or the address changed the moment.
  useEffect(() => setDraft({ date, clock }), [date, clock]);
  const change = (next: typeof draft) => {
    setDraft(next);
    const chosen = fromWallTime(`${next.date}T${next.clock}`, 'to', offsetAt);
    // The field has a precision of one second: the moment includes all of it.
    if (chosen !== undefined && (next.date !== date || next.clock !== clock)) {
      onChange(new Date(chosen + 999).toISOString());
    }
  };
  return (
    <div className="history-date">
      <FormField label={`${label}: date`} description="A new date shows the end of that day.">
        <DatePicker
          value={draft.date}
          placeholder="YYYY/MM/DD"
          expandToViewport
          onChange={({ detail }) => change({ date: detail.value, clock: endOfDay })}
          openCalendarAriaLabel={(selected) => `Choose a date${selected ? `, selected: ${selected}` : ''}`}
        />
      </FormField>
      <FormField label={`Time (${labelZone(zone)})`}>
        <TimeInput
          value={draft.clock}
          placeholder="hh:mm:ss"
          onChange={({ detail }) => change({ ...draft, clock: detail.value })}
        />
      </FormField>
    </div>
  );
}
