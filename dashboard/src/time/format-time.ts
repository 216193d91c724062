// Formats times, the same in every locale.

/** `local` is the browser's own time zone. */
export const timeZones = ['local', 'utc'] as const;
export type TimeZone = (typeof timeZones)[number];

/** Date and time to the second: `2026-11-05 16:40:51`. */
export function formatTime(time: string | number, zone: TimeZone): string {
  return shift(time, zone).toISOString().slice(0, 19).replace('T', ' ');
}

/** The exact time, with milliseconds and offset: `2026-11-05 16:40:51.123 UTC+01:00`. */
export function formatExactTime(time: string | number, zone: TimeZone): string {
  const digits = shift(time, zone).toISOString().slice(0, 23).replace('T', ' ');
  return `${digits} ${formatOffset(offsetMinutes(time, zone))}`;
}

/** The UTC offset at a single time: `UTC`, `UTC+01:00`. */
export function formatZone(zone: TimeZone, millis: number): string {
  return formatOffset(offsetMinutes(millis, zone));
}

/** The name of the zone, for times whose offsets can differ because of daylight saving time: `UTC`, `America/New_York`. */
export function labelZone(zone: TimeZone): string {
  return zone === 'utc' ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The age at `nowMillis`: `just now`, `5 min ago`, `3 h ago`, `12 days ago`. */
export function formatAge(time: string, nowMillis: number): string {
  const millis = nowMillis - Date.parse(time);
  return millis < 60_000 ? 'just now' : `${formatDuration(millis)} ago`;
}

/** A duration, rounded down to its largest unit: `5 min`, `3 h`, `12 days`. */
export function formatDuration(millis: number): string {
  const minutes = Math.floor(millis / 60_000);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} days`;
}

/** The zone's offset from UTC at that time, in minutes. Positive east of UTC. */
export function offsetMinutes(time: string | number, zone: TimeZone): number {
  return zone === 'utc' ? 0 : -new Date(time).getTimezoneOffset();
}

/** Shifts a time so that its UTC fields are those of the zone. */
function shift(time: string | number, zone: TimeZone): Date {
  return new Date(new Date(time).getTime() + offsetMinutes(time, zone) * 60_000);
}

function formatOffset(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const digits = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}:${digits(size % 60)}`;
}
