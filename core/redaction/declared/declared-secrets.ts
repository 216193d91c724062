// Finds declared secrets in texts: exactly, inside longer text, and in every encoding that the product can read.
// It knows nothing about the event contract; core/contract/declarations.ts decides what is declared.
import { encodedVariantsOf, growToRun } from '../encodings/encoded-variants.ts';
import { readEscapes } from '../encodings/escaped-text.ts';
import { markerPattern } from '../text/markers.ts';
import { mergeSpans, type Span, spansOf } from '../text/spans.ts';
import { StringSearch } from '../text/string-search.ts';
import { readQuotes } from './quoted-text.ts';

/** Shorter values are hidden only where they are declared, because they occur elsewhere by chance. */
export const minDeclaredLength = 4;

/** How many encodings around each other are read: JSON in base64 in a percent-encoded URL has three. */
const maxLayers = 6;

/** Characters of decoded text that are searched for one event. After that, text that could be encoded is hidden in full. */
export const maxDecodedCharacters = 4 * 1024 * 1024;

/** Four bytes have six digits. */
const base64Run = /[A-Za-z0-9+/_-]{6,}={0,2}/g;
/** Base64 as command-line tools wrap it, in lines of 60 characters or more. */
const wrappedBase64 = /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{60,}\r?\n)+[A-Za-z0-9+/_-]*={0,2}/g;
const hexRun = /[0-9A-Fa-f]{8,}/g;
const oneLineRuns = [base64Run, hexRun];
const allRuns = [...oneLineRuns, wrappedBase64];

export class DeclaredSecrets {
  /** Whether there is anything to search for. */
  readonly isEmpty: boolean;
  readonly #plain: StringSearch;
  /** Forms in base64, hexadecimal, and percent-encoding. */
  readonly #coded: ReadonlySet<string>;
  readonly #haveSpaces: boolean;
  #charactersLeft: number;

  /** `values` shorter than `minDeclaredLength` are ignored. White space around a value and the form of its line ends vary. */
  constructor(values: Iterable<string>, charactersLeft = maxDecodedCharacters) {
    const all = new Set([...values].flatMap(writingsOf));
    const long = [...all].filter((value) => value.length >= minDeclaredLength);
    this.isEmpty = long.length === 0;
    this.#haveSpaces = long.some((value) => value.includes(' '));
    this.#charactersLeft = charactersLeft;
    this.#coded = new Set(long.flatMap(encodedVariantsOf));
    this.#plain = new StringSearch([...long, ...this.#coded], minDeclaredLength);
  }

  /** The stretches of a text that hold a declared secret, in order and without overlap; markers are left out. */
  findIn(text: string): Span[] {
    if (this.isEmpty) return [];
    const spans = mergeSpans(this.#search(text, 0));
    if (spans.length === 0) return spans;
    const markers = spansOf(text, new RegExp(markerPattern));
    if (markers.length === 0) return spans;
    return spans.filter((span) => !markers.some(({ start, end }) => start <= span.start && span.end <= end));
  }

  #search(text: string, layers: number): Span[] {
    if (text.length < minDeclaredLength) return [];
    const spans = this.#findPlain(text);
    if (layers === maxLayers) return spans;
    for (const reading of [...readEscapes(text, this.#haveSpaces), ...readQuotes(text)]) {
      if (!this.#spend(reading.text.length)) return [{ start: 0, end: text.length }];
      for (const span of this.#search(reading.text, layers + 1)) spans.push(reading.sourceOf(span));
    }
    for (const pattern of text.includes('\n') ? allRuns : oneLineRuns) {
      for (const span of spansOf(text, pattern)) {
        if (this.#isEncodedSecret(text.slice(span.start, span.end), pattern === hexRun, layers))
          spans.push(span);
      }
    }
    return spans;
  }

  /** Whether a run of base64 or hexadecimal digits holds a declared secret once it is decoded. */
  #isEncodedSecret(run: string, isHex: boolean, layers: number): boolean {
    // Characters of an ordinary word can precede the encoded text, so it can begin at any place of a group.
    for (let skipped = 0; skipped < (isHex ? 2 : 4); skipped++) {
      const coded = skipped === 0 ? run : run.slice(skipped);
      const decoded = Buffer.from(coded, isHex ? 'hex' : 'base64').toString();
      if (!isMostlyText(decoded)) continue;
      if (!this.#spend(decoded.length)) return true;
      if (this.#search(decoded, layers + 1).length > 0) return true;
    }
    return false;
  }

  #spend(characters: number): boolean {
    this.#charactersLeft -= characters;
    return this.#charactersLeft >= 0;
  }

  #findPlain(text: string): Span[] {
    const spans: Span[] = [];
    let run: Span = { start: 0, end: 0 };
    this.#plain.search(text, (start, found) => {
      const end = start + found.length;
      spans.push({ start, end });
      const isCoded =
        this.#coded.has(found) || this.#plain.prefixesOf(found).some((one) => this.#coded.has(one));
      if (isCoded && end > run.end) {
        run = growToRun(text, start, end);
        spans.push(run);
      }
      return start + 1;
    });
    return spans;
  }
}

/** A value as other texts write it: without white space around it, and with the line ends of either kind of system. */
function writingsOf(value: string): string[] {
  const trimmed = value.trim();
  const lines = trimmed.replaceAll('\r\n', '\n');
  return [value, trimmed, lines, lines.replaceAll('\n', '\r\n')];
}

/** Decoded characters that are looked at to tell text from bytes. */
const sampleLength = 256;

/** Whether decoded bytes read as text. Words that are decoded by mistake do not. */
function isMostlyText(decoded: string): boolean {
  const sample = decoded.slice(0, sampleLength);
  let readable = 0;
  for (let index = 0; index < sample.length; index++) {
    const code = sample.charCodeAt(index);
    const isReadable = (code >= 32 && code < 127) || code === 9 || code === 10 || code === 13 || code >= 160;
    if (isReadable && code !== 0xfffd) readable++;
  }
  return readable * 4 >= sample.length * 3;
}
