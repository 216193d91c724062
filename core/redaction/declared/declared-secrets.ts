// Finds declared secrets in texts: exactly, inside longer text, and in every encoding that the product can read.
// It knows nothing about the event contract; core/contract/declarations.ts decides what is declared.
import { encodedVariantsOf, growToRun } from '../encodings/encoded-variants.ts';
import { readEscapes } from '../encodings/escaped-text.ts';
import { markerPattern } from '../text/markers.ts';
import { mergeSpans, type Span, spansOf } from '../text/spans.ts';

/** Shorter values are hidden only where they are declared, because they occur elsewhere by chance. */
export const minDeclaredLength = 4;

/** How many encodings around each other are read: JSON in base64 in a percent-encoded URL has three. */
const maxLayers = 6;

/** Characters that are decoded for one event. After that, text that could be encoded is hidden in full. */
export const maxDecodedCharacters = 8 * 1024 * 1024;

const base64Run = /[A-Za-z0-9+/_-]{8,}={0,2}/g;
/** Base64 as command-line tools wrap it: lines of 60 to 76 characters. */
const wrappedBase64 = /(?:[A-Za-z0-9+/_-]{60,76}\r?\n)+[A-Za-z0-9+/_-]{0,76}={0,2}/g;
const hexRun = /[0-9A-Fa-f]{8,}/g;

interface Branch {
  readonly texts: string[];
}

export class DeclaredSecrets {
  /** Whether there is anything to search for. */
  readonly isEmpty: boolean;
  readonly #byPrefix = new Map<string, Branch>();
  readonly #coded = new Set<string>();
  readonly #starts = new Set<number>();
  readonly #haveSpaces: boolean;
  #charactersLeft: number;

  /** `values` shorter than `minDeclaredLength` are ignored. */
  constructor(values: Iterable<string>, charactersLeft = maxDecodedCharacters) {
    const long = [...new Set(values)].filter((value) => value.length >= minDeclaredLength);
    this.isEmpty = long.length === 0;
    this.#haveSpaces = long.some((value) => value.includes(' '));
    this.#charactersLeft = charactersLeft;
    for (const value of long) {
      this.#lookFor(value);
      for (const form of quotedVariantsOf(value)) this.#lookFor(form);
      for (const form of encodedVariantsOf(value)) {
        if (form.length < minDeclaredLength) continue;
        this.#coded.add(form);
        this.#lookFor(form);
      }
    }
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

  #lookFor(text: string): void {
    const prefix = text.slice(0, minDeclaredLength);
    const branch = this.#byPrefix.get(prefix) ?? { texts: [] };
    if (!branch.texts.includes(text)) branch.texts.push(text);
    this.#byPrefix.set(prefix, branch);
    this.#starts.add(startAt(text, 0));
  }

  #search(text: string, layers: number): Span[] {
    if (text.length < minDeclaredLength) return [];
    const spans = this.#findPlain(text);
    if (layers === maxLayers) return spans;
    for (const reading of readEscapes(text, this.#haveSpaces)) {
      if (!this.#spend(reading.text.length)) return [{ start: 0, end: text.length }];
      for (const span of this.#search(reading.text, layers + 1)) spans.push(reading.sourceOf(span));
    }
    for (const pattern of [base64Run, hexRun, wrappedBase64]) {
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
      if (!this.#spend(coded.length)) return true;
      const decoded = Buffer.from(coded, isHex ? 'hex' : 'base64').toString();
      if (!isMostlyText(decoded)) continue;
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
    for (let start = 0; start + minDeclaredLength <= text.length; start++) {
      if (!this.#starts.has(startAt(text, start))) continue;
      const branch = this.#byPrefix.get(text.slice(start, start + minDeclaredLength));
      if (branch === undefined) continue;
      for (const form of branch.texts) {
        if (!text.startsWith(form, start)) continue;
        const end = start + form.length;
        spans.push(this.#coded.has(form) ? growToRun(text, start, end) : { start, end });
      }
    }
    return spans;
  }
}

/** The two characters at an index, as one number. */
function startAt(text: string, index: number): number {
  return text.charCodeAt(index) * 0x10000 + text.charCodeAt(index + 1);
}

/** How a value with quotes reads inside quotes of a shell, of SQL, YAML or CSV, and of XML. */
function quotedVariantsOf(value: string): string[] {
  const variants = [
    value.replaceAll("'", "'\\''"),
    value.replaceAll("'", `'"'"'`),
    value.replaceAll("'", "''"),
    value.replaceAll('"', '""'),
    escapeXml(value),
    escapeXml(value).replaceAll("'", '&#39;'),
    escapeXml(value).replaceAll("'", '&apos;'),
  ];
  return [...new Set(variants)].filter((variant) => variant !== value);
}

function escapeXml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
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
