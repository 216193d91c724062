import { describe, expect, it } from 'vitest';
import {
  describeInput,
  describeRange,
  findRangeError,
  fromPickerValue,
  relativeOptions,
  toPickerValue,
} from '../../../dashboard/src/filters/range-value.ts';

const now = Date.parse('2026-11-25T15:00:00Z');

describe('fromPickerValue', () => {
  it('includes all of the last second of a range', () => {
    const chosen = {
      type: 'absolute' as const,
      startDate: '2026-11-01T00:00:00+01:00',
      endDate: '2026-11-01T23:59:59+01:00',
    };
    expect(fromPickerValue(chosen)).toEqual({
      type: 'between',
      from: '2026-10-31T23:00:00.000Z',
      to: '2026-11-01T22:59:59.999Z',
    });
  });

  it.each(relativeOptions.map((option) => [option]))('preserves the option %j', (option) => {
    expect(toPickerValue(fromPickerValue(option), now)).toEqual(option);
  });

  it('is reversed by toPickerValue, to the second', () => {
    const range = {
      type: 'between',
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-05T10:00:00.999Z',
    } as const;
    const value = toPickerValue(range, now);
    expect(value && fromPickerValue(value)).toEqual(range);
  });

  it('returns any time when nothing is chosen', () => {
    expect(fromPickerValue(null)).toEqual({ type: 'any' });
  });
});

describe('toPickerValue', () => {
  it('includes the full last day', () => {
    expect(toPickerValue({ type: 'between', from: '2026-11-01', to: '2026-11-02' }, now)).toEqual({
      type: 'absolute',
      startDate: '2026-11-01T00:00:00Z',
      endDate: '2026-11-02T23:59:59Z',
    });
  });

  it('returns undefined for an invalid range', () => {
    expect(toPickerValue({ type: 'between', from: 'yesterday' }, now)).toBeUndefined();
    expect(toPickerValue({ type: 'unreadable', last: '3x' }, now)).toBeUndefined();
  });
});

describe('findRangeError', () => {
  it.each([
    [{ type: 'relative', amount: 0, unit: 'day' } as const],
    [{ type: 'relative', amount: 1.5, unit: 'day' } as const],
    [{ type: 'absolute', startDate: '2026-11-02T00:00:00Z', endDate: '2026-11-01T00:00:00Z' } as const],
    [{ type: 'absolute', startDate: '', endDate: '' } as const],
  ])('says what is wrong with %j', (value) => {
    expect(findRangeError(value)).toEqual(expect.any(String));
  });

  it('accepts valid ranges', () => {
    expect(findRangeError(relativeOptions[0] ?? null)).toBeUndefined();
    expect(findRangeError(null)).toBeUndefined();
  });
});

describe('describeInput', () => {
  it('names the time zone', () => {
    expect(describeInput('utc')).toBe('For example, 2026-11-05 and 16:40:51. Time zone: UTC.');
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
