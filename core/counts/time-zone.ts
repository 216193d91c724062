// Converts between instants and the wall-clock time of an IANA time zone. Also runs in browsers.
import { dayMillis } from '../values/timestamp.ts';

/** A time zone. A wall-clock time is a number: the epoch milliseconds that the same clock time has in UTC. */
export class TimeZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat | undefined;

  /** Returns the zone, or `undefined` if the name is not an IANA time zone, such as `Europe/Berlin` or `UTC`. */
  static find(name: string): TimeZone | undefined {
    if (!/^[A-Za-z]/.test(name)) return undefined;
    try {
      return new TimeZone(name);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  private constructor(name: string) {
    this.name = name;
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    this.#format = format.resolvedOptions().timeZone === 'UTC' ? undefined : format;
  }

  /** Returns the wall-clock time at an instant. */
  toWall(instant: number): number {
    if (this.#format === undefined) return instant;
    const parts = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
    for (const { type, value } of this.#format.formatToParts(instant)) {
      if (type in parts) parts[type as keyof typeof parts] = Number(value);
    }
    const { year, month, day, hour, minute, second } = parts;
    const millis = ((instant % 1000) + 1000) % 1000;
    // `Date.UTC` would read a year below 100 as 19xx, which no entry can have.
    return Date.UTC(year, month - 1, day, hour, minute, second, millis);
  }

  /**
   * Returns the first instant with this wall-clock time. If clocks skip the time, returns the instant as far after the
   * skip as the time is into it, so that the start of a day whose midnight is skipped is its first instant.
   */
  toInstant(wall: number): number {
    const before = wall - this.#offsetAt(wall - dayMillis);
    const after = wall - this.#offsetAt(wall + dayMillis);
    const instants = before < after ? [before, after] : [after, before];
    return instants.find((instant) => this.toWall(instant) === wall) ?? before;
  }

  #offsetAt(instant: number): number {
    return this.toWall(instant) - instant;
  }
}
