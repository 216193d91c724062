// Where a value ends that no quotes enclose. It ends at white space, or at a quote or bracket that was opened before
// it; never at a sign that a password can contain, because the rest of the password would stay readable.
import type { Span } from '../text/spans.ts';

const run = /\S+/y;
const enclosing = /["'`{}[\]()]/;

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Of more deeply nested quotes and brackets only the innermost are kept. */
const maxOpen = 32;

function isQuote(sign: string): boolean {
  return sign === '"' || sign === "'" || sign === '`';
}

/** What is before a quote that opens a string; an apostrophe follows a letter. */
const canOpen = /(?:^|[\s,:=([{<>|;&!?"'`])[befnru$@]{0,2}\\{0,15}$/;
/** Longer than what the pattern matches. */
const lookBack = 20;

/** The signs that the class below reads, one text at a time. */
const openSigns = /["'`{}[\]()\n]/g;

/**
 * The quotes and brackets that are open at a place of a line. Each character is read once when places only increase.
 */
class OpenSigns {
  readonly #text: string;
  #place = 0;
  #open: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Each open sign as the sign that closes it, the innermost last. */
  at(end: number): readonly string[] {
    if (end < this.#place) {
      this.#place = this.#text.lastIndexOf('\n', end - 1) + 1;
      this.#open = [];
    }
    openSigns.lastIndex = this.#place;
    for (let match = openSigns.exec(this.#text); match; match = openSigns.exec(this.#text)) {
      if (match.index >= end) break;
      this.#read(match[0], match.index);
    }
    this.#place = end;
    return this.#open;
  }

  #read(sign: string, index: number): void {
    const closer = closers[sign];
    if (sign === '\n') this.#open = [];
    else if (closer !== undefined) this.#open.push(closer);
    else if (isQuote(sign)) this.#readQuote(sign, index);
    else if (this.#open.at(-1) === sign) this.#open.pop();
    if (this.#open.length > maxOpen) this.#open.shift();
  }

  #readQuote(quote: string, index: number): void {
    const opened = this.#open.lastIndexOf(quote);
    if (opened !== -1) this.#open.length = opened;
    else if (canOpen.test(this.#text.slice(Math.max(0, index - lookBack), index))) this.#open.push(quote);
  }
}

/** Only signs that end a sentence or close a bracket or string. */
const ending = /^[)\]}>,;:.!?"'`*_\\]{0,16}$/;

/** What follows a closed string or bracket in data, in code and in a sentence, but hardly ever within a password. */
const behindClosed =
  /^(?:[)\]}>,;:.!?"'`*_\\]{0,16}(?:\s|$)|[)\]},;&|\\"']{1,8}["'`{[\\]{0,8}[A-Za-z][a-z]{2,64}[\w.-]{0,64}["'`\\]{0,8}[ \t]?[:=]|[)\]},\\"']{1,8}["'`]|[)\]},"']{1,8}[{[]|\/?>(?:[^\s<]{0,64}[\s<]|$)|<\/|\.[A-Za-z]\w{0,40}\(|&&|\|\|?[ \t]?[a-z]{2}|\\n|\\t|\\r(?:\\n|["'`]|\s|$))/;

/** Whether a quoted or bracketed value ends at this place, and does not only seem to within a longer password. */
export function isClosedAt(text: string, end: number): boolean {
  return end >= text.length || behindClosed.test(text.slice(end, end + 128));
}

/** Signs behind a value that belong to the sentence or list around it. */
const separators = /[,;]{1,3}$/;

/** Finds the ends of the unquoted values of one text. */
export class UnquotedValues {
  readonly #text: string;
  readonly #openSigns: OpenSigns;

  constructor(text: string) {
    this.#text = text;
    this.#openSigns = new OpenSigns(text);
  }

  /** The end of the value at `start`; what is open at `contextStart`, such as the start of its name, encloses it. */
  endOf(start: number, contextStart = start): number {
    run.lastIndex = start;
    const value = run.exec(this.#text)?.[0] ?? '';
    if (value === '') return start;
    const kept = enclosing.test(value) ? this.#withoutEnclosing(value, contextStart) : value;
    return start + (kept.replace(separators, '') || kept).length;
  }

  /** `undefined` when there is no value at `start`. */
  valueAt(start: number, contextStart = start): Span | undefined {
    const end = this.endOf(start, contextStart);
    return end > start ? { start, end } : undefined;
  }

  #withoutEnclosing(value: string, contextStart: number): string {
    let kept = value;
    for (const closer of this.#openSigns.at(contextStart)) {
      kept = isQuote(closer) ? cutAtQuote(kept, closer) : cutAtBracket(kept, closer);
    }
    return kept;
  }
}

function cutAtQuote(value: string, quote: string): string {
  for (let at = value.indexOf(quote); at !== -1; at = value.indexOf(quote, at + 1)) {
    // RDS accepts a single quote and a backtick in a password, but no double quote.
    if (quote === '"' || isClosedAt(value, at + 1)) return value.slice(0, at).replace(/\\{1,16}$/, '');
  }
  return value;
}

/** A bracket in the middle of a value is part of it. */
function cutAtBracket(value: string, bracket: string): string {
  const at = value.indexOf(bracket, endOfText(value));
  return at === -1 ? value : value.slice(0, at);
}

/** Where the signs at the end of a value begin. */
function endOfText(value: string): number {
  let at = value.length;
  while (at > 0 && value.length - at < 16 && ending.test(value.charAt(at - 1))) at--;
  return at;
}
