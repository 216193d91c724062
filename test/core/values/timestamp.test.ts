import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayMillis,
  isBefore1970,
  isRfc3339,
  parseRfc3339,
  parseUtcDay,
} from '../../../core/values/timestamp.ts';

const millis = fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') });
const offsetMinutes = fc.integer({ min: -(23 * 60 + 59), max: 23 * 60 + 59 });

const twoDigits = (number: number) => String(number).padStart(2, '0');

describe('parseRfc3339', () => {
  it('returns the time whatever its offset, case and number of digits', () => {
    fc.assert(
      fc.property(millis, offsetMinutes, fc.stringMatching(/^\d{0,6}$/), (time, offset, digits) => {
        const shifted = time + offset * 60_000;
        fc.pre(shifted >= 0 && shifted <= Date.parse('9999-12-31T23:59:59.999Z'));
        const local = new Date(shifted).toISOString().slice(0, -1);
        const minutes = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
        expect(parseRfc3339(`${local}${digits}${zone}`)).toBe(time);
        expect(parseRfc3339(`${new Date(time).toISOString().slice(0, -1)}${digits}z`.toLowerCase())).toBe(
          time,
        );
      }),
    );
  });

  it.each([
    ['2026-11-05T16:40:51Z', '2026-11-05T16:40:51.000Z'],
    ['2026-11-05T16:40:51.9999Z', '2026-11-05T16:40:51.999Z'],
    ['2024-02-29T00:00:00.5+00:00', '2024-02-29T00:00:00.500Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ])('parses %s', (text, time) => {
    expect(parseRfc3339(text)).toBe(Date.parse(time));
    expect(isRfc3339(text)).toBe(true);
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-11-00T00:00:00Z',
    '2026-11-05T24:00:00Z',
    '2026-11-05T23:60:00Z',
    '2026-12-31T23:59:60Z',
    '2026-11-05T16:40:51',
    '2026-11-05 16:40:51Z',
    '2026-11-05T16:40:51.Z',
    '2026-11-05T16:40:51.1234567890Z',
    '2026-11-05T16:40:51+24:00',
    '2026-11-05T16:40Z',
    '2026-11-05',
    ' 2026-11-05T16:40:51Z',
    '2026-11-05T16:40:51Z ',
    '12026-11-05T16:40:51Z',
    '1969-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00+00:01',
    '',
  ])('rejects %j', (text) => {
    expect(parseRfc3339(text)).toBeUndefined();
    expect(isRfc3339(text)).toBe(false);
  });
});

describe('parseUtcDay', () => {
  it('returns the start of a day', () => {
    fc.assert(
      fc.property(millis, (time) => {
        const start = time - (time % dayMillis);
        expect(parseUtcDay(new Date(time).toISOString().slice(0, 10))).toBe(start);
      }),
    );
  });

  it.each([
    '2026-02-29',
    '2026-11-5',
    '2026-11-05T',
    'x2026-11-05',
    '1969-12-31',
    '2026-11-05T00:00:00Z',
    '',
  ])('rejects %j', (text) => {
    expect(parseUtcDay(text)).toBeUndefined();
  });
});

describe('isBefore1970', () => {
  it.each([
    ['1969-12-31', true],
    ['1900-01-01', true],
    ['1969-12-31T23:59:59.999Z', true],
    ['1970-01-01T00:00:00+00:01', true],
    ['1970-01-01', false],
    ['1970-01-01T00:00:00Z', false],
    ['1969-02-30', false],
    ['soon', false],
  ])('returns for %s %s', (text, expected) => {
    expect(isBefore1970(text)).toBe(expected);
  });
});
