import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration, parseMoment } from '../../cli/moments.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');

describe('parseDuration', () => {
  it.each([
    ['45s', 45_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
  ])('reads %s', (text, millis) => {
    expect(parseDuration(text)).toBe(millis);
  });

  it.each(['', '5', 'h', '1.5h', '-1h', '1 h', '1H', '1y', '1234567s'])('rejects %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('parseMoment', () => {
  it.each([
    ['24h', '2026-11-19T12:00:00.000Z'],
    ['0s', '2026-11-20T12:00:00.000Z'],
    ['999999w', '1970-01-01T00:00:00.000Z'],
    ['2026-11-05', '2026-11-05'],
    ['2026-11-05T16:40:51Z', '2026-11-05T16:40:51.000Z'],
    ['2026-11-05T16:40:51.5+01:00', '2026-11-05T15:40:51.500Z'],
  ])('reads %s', (text, moment) => {
    expect(parseMoment(text, () => now)).toBe(moment);
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-11-05T16:40', '05.11.2026'])('rejects %j', (text) => {
    expect(parseMoment(text, () => now)).toBeUndefined();
  });

  it('parses its own output to the same value', () => {
    fc.assert(
      fc.property(fc.constantFrom('s', 'm', 'h', 'd', 'w'), fc.nat(999), (unit, count) => {
        const moment = parseMoment(`${count}${unit}`, () => now) ?? '';
        expect(parseMoment(moment, () => 0)).toBe(moment);
      }),
    );
  });
});
