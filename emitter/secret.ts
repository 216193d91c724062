// Marks values as secret. The emitter always redacts them, and the compiler rejects plain strings in their
// place.
import { inspect } from 'node:util';

/** A global symbol, so that all copies of this package in one process share it. */
const reveal: unique symbol = Symbol.for('mayaops.request-logs.secret') as never;

/**
 * A secret text. It never appears in logs, JSON or template strings: only the emitter can read it. A field of
 * this type does not accept a plain string.
 */
export interface Secret {
  readonly [reveal]: () => string;
}

const shown = '[secret]';

/**
 * Marks a value as secret, for use in `before`, `after`, `reason` or `actor.userAgent`.
 *
 * @throws TypeError when the value is not a string
 * @example
 * { after: { engine: 'postgres', masterUserPassword: secret(password) } }
 */
export function secret(value: string): Secret {
  if (typeof value !== 'string') throw new TypeError('secret() requires a string');
  const show = () => shown;
  return Object.freeze(
    Object.defineProperties({} as Secret, {
      [reveal]: { value: () => value },
      toString: { value: show },
      toJSON: { value: show },
      [inspect.custom]: { value: show },
    }),
  );
}

/** The text of a value that is marked as secret, or `undefined` for any other value. */
export function revealSecret(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(reveal in value)) return undefined;
  const read = (value as Partial<Secret>)[reveal];
  return typeof read === 'function' ? read() : undefined;
}
