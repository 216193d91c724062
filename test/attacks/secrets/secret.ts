// A generated secret: a text, and the part of it that must not survive. Generated from a seed, so that the
// source contains no complete secret.
import type { Seeded } from '../seeded.ts';

export interface Secret {
  /** The text as it occurs in an event. */
  readonly text: string;
  /** The part that must not survive. */
  readonly hidden: string;
}

export type MakeSecret = (seeded: Seeded) => string | Secret;

/** Returns a secret between two harmless texts. */
export function around(before: string, hidden: string, after: string): Secret {
  return { text: before + hidden + after, hidden };
}

export function toSecret(made: string | Secret): Secret {
  return typeof made === 'string' ? { text: made, hidden: made } : made;
}
