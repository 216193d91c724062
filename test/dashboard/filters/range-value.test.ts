import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  describeInput,
  describeRange,
  findOpenEnds,
  findRangeError,
  fromPickerValue,
  relativeOptions,
  toPickerValue,
} from '../../../dashboard/src/filters/range-value.ts';
import type { TimeRange } from '../../../dashboard/src/search/search.ts';
import { type TimeZone, timeZones } from '../../../dashboard/src/time/format-time.ts';
import { range } from '../search/search-arbitraries.ts';

const any = { type: 'any' } as const;
const absolute = (startDate: string, endDate: string) => ({ type: 'absolute', startDate, endDate }) as const;
const between = (from?: string, to?: string) =>
  ({ type: 'between', ...(from && { from }), ...(to && { to }) }) as const;

/** What the picker returns when the user changes nothing. It writes its offset of zero in its own way. */
const applyUnchanged = (given: TimeRange, zone: TimeZone) => {
  const value = toPickerValue(given, zone);
  if (value?.type !== 'absolute') return fromPickerValue(value ?? null, zone, given);
  const [start, end] = [value.startDate, value.endDate].map((date) => date.replace('Z', '+00:00'));
  const open = findOpenEnds(given);
  const shown = absolute(
    open.includes('from') ? 'T00:00:00+00:00' : (start ?? ''),
    open.includes('to') ? 'T23:59:59+00:00' : (end ?? ''),
  );
  return fromPickerValue(shown, zone, given);
};

describe('in a zone whose clocks change', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('takes the offset of each bound at its own instant', () => {
    vi.stubEnv('TZ', 'Australia/Sydney');
    const day = absolute('2026-04-05T00:00:00+00:00', '2026-04-05T23:59:59+00:00');
    expect(fromPickerValue(day, 'local', any)).toEqual(
      between('2026-04-04T13:00:00.000Z', '2026-04-05T13:59:59.999Z'),
    );
  });

  it.each(['Australia/Sydney', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Pacific/Apia'])(
    'changes nothing in %s when an unchanged range is applied',
    (zone) => {
      vi.stubEnv('TZ', zone);
      fc.assert(
        fc.property(range, fc.constantFrom(...timeZones), (given, shownIn) => {
          if (given.type === 'unreadable') return;
          expect(applyUnchanged(given, shownIn)).toEqual(given);
        }),
      );
    },
  );

  it('keeps which of two equal clock times a bound means', () => {
    vi.stubEnv('TZ', 'Australia/Sydney');
    // 02:30 in summer time, and again in winter time.
    for (const time of ['2026-04-04T15:30:00.250Z', '2026-04-04T16:30:00.250Z']) {
      expect(applyUnchanged(between(time, '2026-04-05'), 'local')).toEqual(between(time, '2026-04-05'));
    }
  });
});

describe('fromPickerValue', () => {
  it('includes all of the last second of a range', () => {
    const chosen = absolute('2026-11-01T00:00:00+00:00', '2026-11-01T23:59:59+00:00');
    expect(fromPickerValue(chosen, 'utc', any)).toEqual(
      between('2026-11-01T00:00:00.000Z', '2026-11-01T23:59:59.999Z'),
    );
  });

  it.each(relativeOptions.map((option) => [option]))('preserves the option %j', (option) => {
    expect(toPickerValue(fromPickerValue(option, 'utc', any), 'utc')).toEqual(option);
  });

  it('leaves an end without a date open', () => {
    expect(fromPickerValue(absolute('2026-11-01T00:00:00+00:00', 'T23:59:59+00:00'), 'utc', any)).toEqual(
      between('2026-11-01T00:00:00.000Z'),
    );
    expect(fromPickerValue(absolute('T00:00:00+00:00', '2026-11-01T10:00:00+00:00'), 'utc', any)).toEqual(
      between(undefined, '2026-11-01T10:00:00.999Z'),
    );
  });

  it('keeps an open end open when nothing is changed', () => {
    for (const given of [between('2026-11-29T00:00:00Z'), between(undefined, '2026-11-29')]) {
      expect(applyUnchanged(given, 'utc')).toEqual(given);
    }
  });

  it('returns any time when nothing is chosen', () => {
    expect(fromPickerValue(null, 'utc', between('2026-11-01'))).toEqual(any);
  });
});

describe('toPickerValue', () => {
  it('includes the full last day', () => {
    expect(toPickerValue(between('2026-11-01', '2026-11-02'), 'utc')).toEqual(
      absolute('2026-11-01T00:00:00Z', '2026-11-02T23:59:59Z'),
    );
  });

  it('shows the same time at an open end, so that it can be told from a chosen one', () => {
    const shown = '2026-11-01T23:59:59Z';
    expect(toPickerValue(between(undefined, '2026-11-01'), 'utc')).toEqual(absolute(shown, shown));
  });

  it('returns undefined for an invalid range', () => {
    expect(toPickerValue(between('yesterday'), 'utc')).toBeUndefined();
    expect(toPickerValue(between('yesterday', '2026-11-01'), 'utc')).toBeUndefined();
    expect(toPickerValue({ type: 'unreadable', last: '3x' }, 'utc')).toBeUndefined();
  });
});

describe('findRangeError', () => {
  it.each([
    [{ type: 'relative', amount: 0, unit: 'day' } as const],
    [{ type: 'relative', amount: 1.5, unit: 'day' } as const],
    [{ type: 'absolute', startDate: '2026-11-02T00:00:00Z', endDate: '2026-11-01T00:00:00Z' } as const],
    [{ type: 'absolute', startDate: '', endDate: '' } as const],
    [{ type: 'absolute', startDate: 'T00:00:00+00:00', endDate: 'T23:59:59+00:00' } as const],
    [{ type: 'absolute', startDate: '2026-11T00:00:00+00:00', endDate: 'T23:59:59+00:00' } as const],
  ])('says what is wrong with %j', (value) => {
    expect(findRangeError(value)).toEqual(expect.any(String));
  });

  it('accepts valid ranges', () => {
    expect(findRangeError(relativeOptions[0] ?? null)).toBeUndefined();
    expect(findRangeError(null)).toBeUndefined();
    expect(findRangeError(absolute('2026-11-01T00:00:00+00:00', 'T23:59:59+00:00'))).toBeUndefined();
    expect(findRangeError(absolute('T00:00:00+00:00', '2026-11-01T00:00:00+00:00'))).toBeUndefined();
  });
});

describe('describeInput', () => {
  it('names the time zone', () => {
    expect(describeInput('utc')).toContain('For example, 2026-11-05 and 16:40:51. Time zone: UTC.');
    expect(describeInput('local')).toContain(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  });
});

describe('describeRange', () => {
  it.each([
    [{ type: 'any' } as const, 'Any time'],
    [{ type: 'last', amount: 1, unit: 'hour' } as const, 'Last hour'],
    [{ type: 'last', amount: 90, unit: 'day' } as const, 'Last 90 days'],
    [{ type: 'between', from: '2026-11-01' } as const, 'Since 2026-11-01 00:00:00 UTC'],
    [{ type: 'between', to: '2026-11-01' } as const, 'Until 2026-11-01 23:59:59 UTC'],
    [
      { type: 'between', from: '2026-11-01', to: '2026-11-02T10:00:00Z' } as const,
      '2026-11-01 00:00:00 to 2026-11-02 10:00:00 UTC',
    ],
    [{ type: 'between', from: 'yesterday' } as const, 'Since yesterday'],
    [{ type: 'unreadable', last: '3x' } as const, 'last=3x'],
    [{ type: 'unreadable', last: '7d', from: '2026-11-01' } as const, 'last=7d, from=2026-11-01'],
  ])('says %j in words', (range, words) => {
    expect(describeRange(range, 'utc')).toBe(words);
  });
});
