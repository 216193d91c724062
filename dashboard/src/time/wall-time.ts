// Converts between instants and wall-clock times in a time zone. When clocks change, a wall-clock time can occur twice
// or not at all, so a conversion says which edge of a range it is for.

/** Returns the zone's offset from UTC at an instant, in minutes. Positive east of UTC. */
export type OffsetAt = (millis: number) => number;

const minuteMillis = 60_000;

/** Offsets range from UTC-12 to UTC+14, so every instant with a given wall-clock time is this close to it. */
const farthestMillis = 15 * 60 * minuteMillis;

/** Returns the wall-clock time at an instant, to the second: `2026-11-05T16:40:51`. */
export function toWallTime(millis: number, offsetAt: OffsetAt): string {
  return new Date(millis + offsetMillis(millis, offsetAt)).toISOString().slice(0, 19);
}

/**
 * Returns the instant of a wall-clock time in epoch milliseconds, or `undefined` if it is not a valid
 * `YYYY-MM-DDThh:mm:ss`. For a time that occurs twice, `from` returns the first instant and `to` the second, so that a
 * range contains both. For a time that does not occur, `from` returns the instant at which the clocks change, and `to`
 * the second before it.
 */
export function fromWallTime(wall: string, edge: 'from' | 'to', offsetAt: OffsetAt): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(wall)) return undefined;
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const [earliest, latest] = [asUtc - farthestMillis, asUtc + farthestMillis];
  const instants = [earliest, latest]
    .map((near) => asUtc - offsetMillis(near, offsetAt))
    .filter((instant) => instant + offsetMillis(instant, offsetAt) === asUtc);
  if (instants.length > 0) return edge === 'from' ? Math.min(...instants) : Math.max(...instants);
  const change = findClockChange(earliest, latest, offsetAt);
  return edge === 'from' ? change : change - 1000;
}

/** Returns the instant between two others at which the offset changes, to the second. */
function findClockChange(earliest: number, latest: number, offsetAt: OffsetAt): number {
  const offsetBefore = offsetMillis(earliest, offsetAt);
  let [before, after] = [earliest, latest];
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (offsetMillis(middle, offsetAt) === offsetBefore) before = middle;
    else after = middle;
  }
  return after;
}

function offsetMillis(millis: number, offsetAt: OffsetAt): number {
  return Math.round(offsetAt(millis) * minuteMillis);
}
