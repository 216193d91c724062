// Secrets that were recognised somewhere in an entry and must not stand elsewhere in it either, quoted in a reason,
// say.
import { encodedVariantsOf, growToRun } from '../encodings/encoded-variants.ts';
import { maxEscapings, readEscapes } from '../encodings/escaped-text.ts';
import { isMarker } from '../text/markers.ts';
import type { Span } from '../text/spans.ts';

/** Shorter ones occur by chance. */
const minLength = 8;

/** Secrets with a common beginning that are compared one by one; more are told apart by their next character. */
const maxCompared = 8;

/** Of longer ones so much is compared at each place; what begins so is taken for them as far as it goes. */
const maxHead = 256;

/** Longer ones of one beginning that are compared one by one. */
const maxLong = 64;

/** Finds any of many strings in a text, as they are, encoded and escaped, however many begin alike. */
export class KnownSecrets {
  readonly #known = new Set<string>();
  readonly #coded = new Set<string>();
  readonly #byPrefix = new Map<string, Branch>();
  /** By their heads, those that are longer. */
  readonly #long = new Map<string, string[]>();
  /** Of the first two characters: most places of a text are left by them. */
  readonly #starts = new Set<number>();
  /** Whether any holds a space, for which `+` stands in forms. */
  #haveSpaces = false;

  /** Remembers a secret, unless it could as well be an ordinary word or name, or is what an earlier redaction left of one. */
  add(secret: string): void {
    if (secret.length < minLength || isOrdinary(secret) || isMarker(secret) || this.#known.has(secret))
      return;
    this.#known.add(secret);
    this.#haveSpaces ||= secret.includes(' ');
    this.#lookFor(secret);
    for (const form of encodedVariantsOf(secret)) {
      this.#coded.add(form.slice(0, maxHead));
      this.#lookFor(form);
    }
  }

  #lookFor(text: string): void {
    const prefix = text.slice(0, minLength);
    const branch = this.#byPrefix.get(prefix) ?? new Branch(minLength);
    const head = text.slice(0, maxHead);
    const long = this.#long.get(head);
    if (long === undefined) branch.add(head);
    if (text.length > maxHead) {
      if (long === undefined) this.#long.set(head, [text]);
      else long.push(text);
    }
    this.#byPrefix.set(prefix, branch);
    this.#starts.add(startAt(text, 0));
  }

  /** Where they stand in the text, however it is escaped; the stretches may overlap. */
  findIn(text: string, escapings = maxEscapings): Span[] {
    if (this.#known.size === 0) return [];
    const spans = this.#findUnescaped(text);
    if (escapings === 0) return spans;
    for (const reading of readEscapes(text, this.#haveSpaces)) {
      for (const span of this.findIn(reading.text, escapings - 1)) spans.push(reading.sourceOf(span));
    }
    return spans;
  }

  #findUnescaped(text: string): Span[] {
    const spans: Span[] = [];
    for (let start = 0; start + minLength <= text.length; start++) {
      if (!this.#starts.has(startAt(text, start))) continue;
      const length = this.#byPrefix.get(text.slice(start, start + minLength))?.matchAt(text, start) ?? 0;
      if (length === 0) continue;
      const head = text.slice(start, start + length);
      const span = { start, end: start + this.#lengthBehind(head, text, start) };
      const whole = this.#coded.has(head) ? growToRun(text, span.start, span.end) : span;
      spans.push(whole);
      start = whole.end - 1;
    }
    return spans;
  }

  /** How far a secret of this head goes on in the text; as far as the text where too many have it. */
  #lengthBehind(head: string, text: string, start: number): number {
    if (head.length < maxHead) return head.length;
    const long = this.#long.get(head) ?? [];
    if (long.length > maxLong) return text.length - start;
    const lengths = long.map((secret) => countCommon(secret, text, start));
    return lengths.reduce((longest, length) => Math.max(longest, length), maxHead);
  }
}

/** The characters that a secret and a text have in common from a place on. */
function countCommon(secret: string, text: string, start: number): number {
  let length = 0;
  while (length < secret.length && secret.charCodeAt(length) === text.charCodeAt(start + length)) length++;
  return length;
}

/** The two characters at a place, as one number. */
function startAt(text: string, place: number): number {
  return text.charCodeAt(place) * 0x10000 + text.charCodeAt(place + 1);
}

/** Secrets that agree in their first `depth` characters. */
class Branch {
  readonly #depth: number;
  #secrets: string[] = [];
  /** By the next character, once there are many. */
  #next: Map<number, Branch> | undefined;

  constructor(depth: number) {
    this.#depth = depth;
  }

  add(secret: string): void {
    if (this.#next !== undefined && secret.length > this.#depth) {
      const code = secret.charCodeAt(this.#depth);
      const branch = this.#next.get(code) ?? new Branch(this.#depth + 1);
      branch.add(secret);
      this.#next.set(code, branch);
      return;
    }
    this.#secrets.push(secret);
    if (this.#next !== undefined || this.#secrets.length <= maxCompared) return;
    const all = this.#secrets;
    this.#secrets = [];
    this.#next = new Map();
    for (const one of all) this.add(one);
  }

  /** The length of the longest secret that stands in the text at `start`; 0 for none. */
  matchAt(text: string, start: number): number {
    let longest = 0;
    for (let branch: Branch | undefined = this; branch; ) {
      for (const secret of branch.#secrets) {
        if (secret.length > longest && text.startsWith(secret, start)) longest = secret.length;
      }
      branch = branch.#next?.get(text.charCodeAt(start + branch.#depth));
    }
    return longest;
  }
}

/** One lower-case or capitalised word, or a number: `production`, `Enabled`, `20261123`. */
function isOrdinary(text: string): boolean {
  return /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/.test(text);
}
