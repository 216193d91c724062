import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromWallTime, type OffsetAt, toWallTime } from '../../../dashboard/src/time/wall-time.ts';

const hour = 3_600_000;

/** Reads the offset of any zone from Intl, which knows the same rules as the browser's local time. */
function offsetsOf(zone: string): OffsetAt {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (millis) => {
    const parts = Object.fromEntries(format.formatToParts(millis).map(({ type, value }) => [type, value]));
    const { year, month, day, hour: hours, minute, second } = parts;
    const asUtc = Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hours),
      Number(minute),
      Number(second),
    );
    return (asUtc - Math.floor(millis / 1000) * 1000) / 60_000;
  };
}

/** The instants at which a zone's clocks change, found by looking at every six hours and then closer. */
function findChanges(offsetAt: OffsetAt, from: number, to: number): number[] {
  const changes: number[] = [];
  for (let at = from; at < to; at += 6 * hour) {
    let [before, after] = [at, at + 6 * hour];
    if (offsetAt(before) === offsetAt(after)) continue;
    while (after - before > 60_000) {
      const middle = before + Math.floor((after - before) / 120_000) * 60_000;
      if (offsetAt(middle) === offsetAt(before)) before = middle;
      else after = middle;
    }
    changes.push(after);
  }
  return changes;
}

const zones = Intl.supportedValuesOf('timeZone');
const changingZones = zones
  .map((zone) => {
    const offsetAt = offsetsOf(zone);
    return { zone, offsetAt, changes: findChanges(offsetAt, Date.UTC(2026, 0), Date.UTC(2027, 0)) };
  })
  .filter(({ changes }) => changes.length > 0);

/** A zone, and an instant within a day of one of its clock changes. */
const nearChange = fc.constantFrom(...changingZones).chain(({ zone, offsetAt, changes }) =>
  fc.record({
    zone: fc.constant(zone),
    offsetAt: fc.constant(offsetAt),
    millis: fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -26 * 60, max: 26 * 60 }))
      .map(([change, minutes]) => change + minutes * 60_000),
  }),
);

/** Every instant, at whole minutes, that a clock in the zone shows as this time. */
function instantsOf(wall: string, offsetAt: OffsetAt): number[] {
  const asUtc = Date.parse(`${wall}Z`);
  const instants: number[] = [];
  for (let at = asUtc - 15 * hour; at <= asUtc + 15 * hour; at += 15 * 60_000) {
    if (toWallTime(at, offsetAt) === wall) instants.push(at);
  }
  return instants;
}

describe('toWallTime', () => {
  it('shows what a clock in the zone shows, in every zone', () => {
    const instant = fc.integer({ min: Date.UTC(1973, 0) / 1000, max: Date.UTC(2060, 0) / 1000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, seconds) => {
        const shown = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'medium',
        }).format(seconds * 1000);
        expect(toWallTime(seconds * 1000, offsetsOf(zone)).replace('T', ' ')).toBe(shown);
      }),
    );
  });
});

describe('fromWallTime', () => {
  it('finds the first and the last instant of a time near a clock change', () => {
    expect(changingZones.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(nearChange, ({ offsetAt, millis }) => {
        const wall = toWallTime(millis, offsetAt);
        const instants = instantsOf(wall, offsetAt);
        expect(instants).toContain(millis);
        expect(fromWallTime(wall, 'from', offsetAt)).toBe(instants.at(0));
        expect(fromWallTime(wall, 'to', offsetAt)).toBe(instants.at(-1));
      }),
      { numRuns: 500 },
    );
  });

  it('covers a whole day whose first or last hour occurs twice or not at all', () => {
    fc.assert(
      fc.property(nearChange, ({ offsetAt, millis }) => {
        const day = toWallTime(millis, offsetAt).slice(0, 10);
        const from = fromWallTime(`${day}T00:00:00`, 'from', offsetAt) ?? Number.NaN;
        const to = (fromWallTime(`${day}T23:59:59`, 'to', offsetAt) ?? Number.NaN) + 999;
        const isOnDay = (at: number) => toWallTime(at, offsetAt).slice(0, 10) === day;
        expect([isOnDay(from), isOnDay(to), isOnDay(to + 1), isOnDay(from - 1)]).toEqual([
          true,
          true,
          false,
          false,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['2026-04-05T00:00:00', '2026-04-05T23:59:59', '2026-04-04T13:00:00Z', '2026-04-05T13:59:59Z'],
    // Occurs twice: in summer time, then in winter time.
    ['2026-04-05T02:30:00', '2026-04-05T02:30:00', '2026-04-04T15:30:00Z', '2026-04-04T16:30:00Z'],
    // Does not occur: the clocks change from 02:00 to 03:00.
    ['2026-10-04T02:30:00', '2026-10-04T02:30:00', '2026-10-03T16:00:00Z', '2026-10-03T15:59:59Z'],
  ])('reads %s to %s in Sydney', (start, end, from, to) => {
    const offsetAt = offsetsOf('Australia/Sydney');
    expect(fromWallTime(start, 'from', offsetAt)).toBe(Date.parse(from));
    expect(fromWallTime(end, 'to', offsetAt)).toBe(Date.parse(to));
  });

  it('reads a time on a day that a zone skipped', () => {
    const offsetAt = offsetsOf('Pacific/Apia');
    expect(fromWallTime('2011-12-30T12:00:00', 'from', offsetAt)).toBe(Date.parse('2011-12-30T10:00:00Z'));
  });

  it.each(['', 'T00:00:00', '2026-04T00:00:00', '2026-02-31T00:00:00x', '2026-13-01T00:00:00'])(
    'rejects %j',
    (wall) => {
      expect(fromWallTime(wall, 'from', () => 0)).toBeUndefined();
    },
  );
});
