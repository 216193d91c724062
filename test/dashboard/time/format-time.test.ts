import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  formatAge,
  formatDuration,
  formatExactTime,
  formatTime,
  formatZone,
  labelZone,
} from '../../../dashboard/src/time/format-time.ts';

const time = '2026-11-05T16:40:51.123Z';

describe('formatTime', () => {
  it('formats the time in the zone, to the second', () => {
    expect(formatTime(time, 'utc')).toBe('2026-11-05 16:40:51');
    const local = new Date(time);
    expect(formatTime(time, 'local').slice(11)).toBe(local.toTimeString().slice(0, 8));
  });

  it('formats the exact time with its offset', () => {
    expect(formatExactTime(time, 'utc')).toBe('2026-11-05 16:40:51.123 UTC');
    expect(formatZone('utc', 0)).toBe('UTC');
  });
});

describe('labelZone', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('returns a name that is correct before and after daylight saving time changes', () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(formatZone('local', Date.parse('2026-10-27T13:50:49Z'))).toBe('UTC-04:00');
    expect(formatZone('local', Date.parse('2026-11-05T13:50:49Z'))).toBe('UTC-05:00');
    expect(labelZone('local')).toBe('America/New_York');
    expect(labelZone('utc')).toBe('UTC');
  });
});

describe('formatAge', () => {
  const after = (millis: number) => Date.parse(time) + millis;

  it.each([
    [-5000, 'just now'],
    [59_000, 'just now'],
    [5 * 60_000, '5 min ago'],
    [47 * 3_600_000, '47 h ago'],
    [72 * 3_600_000, '3 days ago'],
  ])('%i ms later is %s', (millis, words) => {
    expect(formatAge(time, after(millis))).toBe(words);
  });

  it('rounds down to full units', () => {
    expect(formatDuration(119_000)).toBe('1 min');
  });
});
