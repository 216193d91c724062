// Finds runs of characters of one alphabet, such as base64. It reads one character in many where no run is long enough,
// which a regular expression cannot do. It knows nothing about secrets.
import type { Span } from './spans.ts';

const noSpans: readonly Span[] = [];

export class CharacterRuns {
  readonly #isMember: Uint8Array;

  /** The alphabet is a regular expression that matches one of its characters. All must be ASCII. */
  constructor(alphabet: RegExp) {
    this.#isMember = Uint8Array.from({ length: 128 }, (_, code) =>
      alphabet.test(String.fromCharCode(code)) ? 1 : 0,
    );
  }

  /** Whether the character at this index is one of the alphabet. There is none behind the end of the text. */
  hasAt(text: string, index: number): boolean {
    const code = text.charCodeAt(index);
    return code < 128 && this.#isMember[code] === 1;
  }

  /** Whether the text has at least `length` characters of the alphabet in a row. */
  occursIn(text: string, length: number): boolean {
    return this.#findRun(text, 0, length) !== -1;
  }

  /** Returns the runs that have at least `minLength` characters, each as long as it can be. */
  spansIn(text: string, minLength: number): readonly Span[] {
    let start = this.#findRun(text, 0, minLength);
    if (start === -1) return noSpans;
    const spans: Span[] = [];
    for (; start !== -1; start = this.#findRun(text, start, minLength)) {
      let end = start + minLength;
      while (this.hasAt(text, end)) end++;
      spans.push({ start, end });
      start = end;
    }
    return spans;
  }

  /** Returns where the first run of `length` characters begins at or after `from`; -1 if there is none. */
  #findRun(text: string, from: number, length: number): number {
    let first = from;
    for (let last = from + length - 1; last < text.length; ) {
      let index = last;
      while (index >= first && this.hasAt(text, index)) index--;
      if (index < first) return first;
      first = index + 1;
      last = index + length;
    }
    return -1;
  }
}
