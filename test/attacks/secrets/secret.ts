// What a made-up secret is: a text, and the part of it that must not survive. All are made from a seed, so that no whole
// one stands in the source.
import type { Seeded } from '../seeded.ts';

export interface Secret {
  /** The text as it stands in an event. */
  readonly text: string;
  /** What of it must not survive. */
  readonly hidden: string;
}

export type MakeSecret = (seeded: Seeded) => string | Secret;

/** A secret between two harmless texts. */
export function around(before: string, hidden: string, after: string): Secret {
  return { text: before + hidden + after, hidden };
}

export function toSecret(made: string | Secret): Secret {
  return typeof made === 'string' ? { text: made, hidden: made } : made;
}
