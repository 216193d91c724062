// Marks values as secrets, so that the emitter hides them with certainty and the compiler refuses them in plain form.
import { inspect } from 'node:util';

/** Shared by all copies of this package in one process. */
const reveal: unique symbol = Symbol.for('mayaops.request-logs.secret') as never;

/**
 * A text that is a secret. It shows itself in no log, JSON text or template string; only the emitter reads it. A field of
 * this type does not take a plain string.
 */
export interface Secret {
  readonly [reveal]: () => string;
}

const shown = '[secret]';

/**
 * Marks a value as a secret, for use in `before`, `after`, `reason` or `actor.userAgent`.
 *
 * @throws TypeError when the value is not a string
 * @example
 * { after: { engine: 'postgres', masterUserPassword: secret(password) } }
 */
export function secret(value: string): Secret {
  if (typeof value !== 'string') throw new TypeError('secret() takes a string');
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

/** The text that a value marks as a secret; `undefined` for any other value. */
export function revealSecret(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(reveal in value)) return undefined;
  const read = (value as Partial<Secret>)[reveal];
  return typeof read === 'function' ? read() : undefined;
}
