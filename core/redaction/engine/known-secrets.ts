// Secrets that were recognized somewhere in an event and must not be elsewhere in it either, for example in a reason.

import { EncodedHeads } from '../encodings/encoded-heads.ts';
import { isBase64Text } from '../encodings/encoded-text.ts';
import {
  encodedVariantsOf,
  growToRun,
  hasCodedRun,
  percentVariantOf,
} from '../encodings/encoded-variants.ts';
import { maxEscapings, readEscapes } from '../encodings/escaped-text.ts';
import { isMarker } from '../text/markers.ts';
import type { Span } from '../text/spans.ts';
import { countCommon, StringSearch } from '../text/string-search.ts';

/** Shorter ones occur by chance. */
const minLength = 8;

/** Of a longer secret, this much is searched for; text that begins like it is hidden as far as it is equal. */
const maxHead = 256;

/** Long secrets with the same head that are compared one by one. With more, the text is hidden to its end. */
const maxLong = 64;

/** Of so few secrets, each is searched for by itself before the index is built. */
const maxCompared = 8;

/** Base64 of a secret, at any place in its groups, is longer than the secret by this at least. Hexadecimal is longer. */
const minGrowth = 2;

/** Finds any of many secrets in a text: plain, encoded and escaped. */
export class KnownSecrets {
  readonly #known = new Set<string>();
  /** The least length of a text that contains a secret, because the encoded secret is longer. */
  #shortest = Number.POSITIVE_INFINITY;
  /** Whether a secret contains a space, for which forms write `+`. */
  #haveSpaces = false;
  /** For texts that no encoded secret can be in. */
  #plainIndex: Index | undefined;
  #index: Index | undefined;
  /** The heads of all encoded secrets, once a text has been searched for them one by one. */
  #encoded: readonly string[] | undefined;

  /** Remembers a secret, unless it is a marker or could be an ordinary word or name. */
  add(secret: string): void {
    if (secret.length < minLength || this.#known.has(secret)) return;
    if (isOrdinary(secret) || isMarker(secret)) return;
    this.#known.add(secret);
    this.#shortest = Math.min(this.#shortest, secret.length, maxHead);
    this.#haveSpaces ||= secret.includes(' ');
    this.#plainIndex = undefined;
    this.#index = undefined;
    this.#encoded = undefined;
  }

  /** Returns the stretches of the text that contain one, however it is escaped. Stretches can overlap. */
  findIn(text: string, escapings = maxEscapings): Span[] {
    if (text.length < this.#shortest) return [];
    const spans = this.#canContain(text) ? this.#findUnescaped(text) : [];
    if (escapings === 0) return spans;
    for (const reading of readEscapes(text, this.#haveSpaces)) {
      for (const span of this.findIn(reading.text, escapings - 1)) spans.push(reading.sourceOf(span));
    }
    return spans;
  }

  #findUnescaped(text: string): Span[] {
    if (this.#index === undefined && !this.#canContainEncoded(text)) {
      this.#plainIndex ??= indexOf(this.#known, false);
      return findUnescaped(text, this.#plainIndex);
    }
    this.#index ??= indexOf(this.#known, true);
    return findUnescaped(text, this.#index);
  }

  /** Whether the text has as many characters of an encoding in a row as the shortest encoded secret, or its head. */
  #canContainEncoded(text: string): boolean {
    return text.includes('%') || hasCodedRun(text, Math.min(this.#shortest + minGrowth, maxHead));
  }

  /** A quick answer without the index, which costs more than all searches in most events. */
  #canContain(text: string): boolean {
    if (this.#index !== undefined || this.#known.size > maxCompared) return true;
    for (const secret of this.#known) if (text.includes(secret.slice(0, maxHead))) return true;
    if (!this.#canContainEncoded(text)) return false;
    this.#encoded ??= [...this.#known].flatMap(encodedVariantsOf).map((form) => form.slice(0, maxHead));
    return this.#encoded.some((form) => text.includes(form));
  }
}

/** What a search needs of all known secrets. */
interface Index {
  readonly search: StringSearch;
  /** The heads of encoded secrets. */
  readonly coded: ReadonlySet<string>;
  /** Secrets longer than their head, by it. */
  readonly long: ReadonlyMap<string, readonly string[]>;
}

function indexOf(secrets: Iterable<string>, areEncoded: boolean): Index {
  const coded = new Set<string>();
  const lazy = new EncodedHeads((variants) => {
    for (const variant of variants) coded.add(variant);
  });
  const long = new Map<string, string[]>();
  const heads: string[] = [];
  const add = (text: string): string => {
    if (text.length <= maxHead) {
      heads.push(text);
      return text;
    }
    const head = text.slice(0, maxHead);
    const others = long.get(head);
    if (others === undefined) {
      long.set(head, [text]);
      heads.push(head);
    } else if (others.length <= maxLong) others.push(text);
    return head;
  };
  for (const secret of secrets) {
    add(secret);
    // Wherever base64 of a text is encoded once more, decoding finds it. An event can contain thousands of such secrets.
    if (!areEncoded || isBase64Text(secret)) continue;
    const eager = lazy.add(secret) ? percentVariantOf(secret) : encodedVariantsOf(secret);
    for (const variant of eager) coded.add(add(variant));
  }
  return { search: new StringSearch(heads, minLength, lazy), coded, long };
}

function findUnescaped(text: string, { search, coded, long }: Index): Span[] {
  const spans: Span[] = [];
  search.search(text, (start, head) => {
    const end = start + lengthOf(head, long.get(head), text, start);
    const span = coded.has(head) ? growToRun(text, start, end) : { start, end };
    spans.push(span);
    return span.end;
  });
  return spans;
}

/** How far the text is equal to a secret with this head; to its end if too many have it. */
function lengthOf(head: string, long: readonly string[] | undefined, text: string, start: number): number {
  if (long === undefined) return head.length;
  if (long.length > maxLong) return text.length - start;
  return long.reduce((longest, secret) => Math.max(longest, countCommon(secret, text, start)), head.length);
}

/** One lower-case or capitalized word, or a number: `production`, `Enabled`, `20261123`. */
function isOrdinary(text: string): boolean {
  return /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/.test(text);
}
