// Secrets that were recognised somewhere in an entry and must not stand elsewhere in it either, quoted in a reason,
// say.
import type { Span } from './spans.ts';

/** Shorter ones occur by chance. */
const minLength = 8;

/** Finds any of many strings in a text, in time that grows with the text alone. */
export class KnownSecrets {
  readonly #byPrefix = new Map<string, string[]>();

  /** Remembers a secret, unless it could as well be an ordinary word or name. */
  add(secret: string): void {
    if (secret.length < minLength || isOrdinary(secret)) return;
    const prefix = secret.slice(0, minLength);
    const known = this.#byPrefix.get(prefix) ?? [];
    if (known.includes(secret)) return;
    // The longest first, so that one secret inside another is found whole.
    this.#byPrefix.set(
      prefix,
      [...known, secret].sort((a, b) => b.length - a.length),
    );
  }

  findIn(text: string): Span[] {
    if (this.#byPrefix.size === 0) return [];
    const spans: Span[] = [];
    for (let start = 0; start + minLength <= text.length; start++) {
      const known = this.#byPrefix.get(text.slice(start, start + minLength));
      const secret = known?.find((candidate) => text.startsWith(candidate, start));
      if (secret === undefined) continue;
      spans.push({ start, end: start + secret.length });
      start += secret.length - 1;
    }
    return spans;
  }
}

/** One lower-case or capitalised word, or a number: `production`, `Enabled`, `20261123`. */
function isOrdinary(text: string): boolean {
  return /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/.test(text);
}
