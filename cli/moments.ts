// Parses times as people type them: RFC 3339, a UTC date, or a relative time such as 24h.
import { isBefore1970, parseRfc3339, parseUtcDay } from '../core/values/timestamp.ts';

const unitMillis = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Describes the formats that `parseDuration` accepts. */
export const durationForms = 'a whole number followed by s, m, h, d or w, such as 30m, 24h or 7d';
/** Describes the formats that `parseMoment` accepts. */
export const momentForms = `a time such as 2026-11-05T16:40:51Z, a UTC date such as 2026-11-05, or a relative time: ${durationForms}`;

/** Converts `30m`, `24h` or `7d` to milliseconds. Returns `undefined` for any other text. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})([smhdw])$/.exec(text);
  return match ? Number(match[1]) * unitMillis[match[2] as keyof typeof unitMillis] : undefined;
}

/** Returns the API value for `from` or `to`: dates stay dates, relative times become timestamps; else `undefined`. */
export function parseMoment(text: string, now: () => number): string | undefined {
  const ago = parseDuration(text);
  if (ago !== undefined) return new Date(Math.max(0, now() - ago)).toISOString();
  // The API names the limit that a time before 1970 exceeds.
  if (parseUtcDay(text) !== undefined || isBefore1970(text)) return text;
  const time = parseRfc3339(text);
  return time === undefined ? undefined : new Date(time).toISOString();
}
