// Parses RFC 3339 times (https://www.rfc-editor.org/rfc/rfc3339#section-5.6) with the precision of entries: UTC
// milliseconds.

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

const calendarDate = /^\d{4}-\d{2}-\d{2}$/;

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * Returns the epoch milliseconds of an RFC 3339 date and time with an offset. Truncates finer fractions. Returns
 * `undefined` if the format is invalid, the day does not exist, or the time is a leap second or before 1970, which a
 * ULID cannot represent.
 */
export function parseRfc3339(value: string): number | undefined {
  const milliseconds = parseAnyTime(value);
  return milliseconds === undefined || milliseconds < 0 ? undefined : milliseconds;
}

function parseAnyTime(value: string): number | undefined {
  const match = rfc3339.exec(value);
  if (!match || !isCalendarDay(Number(match[1]), Number(match[2]), Number(match[3]))) return undefined;
  const milliseconds = Date.parse(value.toUpperCase().replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** Whether `parseRfc3339` accepts the value. */
export function isRfc3339(value: string): boolean {
  return parseRfc3339(value) !== undefined;
}

/** Returns the epoch milliseconds of the start of a UTC day in the format YYYY-MM-DD, or `undefined`. */
export function parseUtcDay(value: string): number | undefined {
  const milliseconds = parseAnyDay(value);
  return milliseconds === undefined || milliseconds < 0 ? undefined : milliseconds;
}

function parseAnyDay(value: string): number | undefined {
  return calendarDate.test(value) ? parseAnyTime(`${value}T00:00:00.000Z`) : undefined;
}

/** Whether the value is an RFC 3339 time or a UTC day, but before 1970, where the times of entries begin. */
export function isBefore1970(value: string): boolean {
  return (parseAnyDay(value) ?? parseAnyTime(value) ?? 0) < 0;
}

/** The milliseconds of a UTC day. */
export const dayMillis = 24 * 60 * 60 * 1000;
