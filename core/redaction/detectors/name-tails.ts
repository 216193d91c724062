// A quick test of names by their last two letters, which most names of an event fail. It decides nothing: a name that
// passes must be read.

/** What can be before the last letter when a pattern does not say it. */
const anyLetter = -1;

const pluralLetter = 's'.charCodeAt(0);
const versionLetter = 'v'.charCodeAt(0);

const isDigit = (code: number) => code >= 48 && code <= 57;
const isLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const toLower = (code: number) => (code <= 90 && code >= 65 ? code + 32 : code);

export class NameTails {
  /** By the codes of the last two letters in lower case. */
  readonly #pairs = new Uint8Array(128 * 128);

  /** Every word is in lower case. A number at its end is ignored, and its plural counts too. */
  constructor(words: Iterable<string>) {
    for (const word of words) this.#addWord(word.replace(/\d+$/, ''));
  }

  /** Adds the ends of what a pattern matches. It must end in a letter, and can match the plural too. */
  addPattern(source: string): void {
    const last = source.charCodeAt(source.length - 1);
    const before = /[a-z]{2}$/.test(source) ? source.charCodeAt(source.length - 2) : anyLetter;
    if (!isLetter(last)) throw new Error(`A pattern of names must end in a letter: ${source}`);
    this.#add(before, last);
    this.#add(last, pluralLetter);
  }

  #addWord(word: string): void {
    const last = word.charCodeAt(word.length - 1);
    this.#add(word.length > 1 ? word.charCodeAt(word.length - 2) : anyLetter, last);
    this.#add(last, pluralLetter);
  }

  #add(before: number, last: number): void {
    if (before !== anyLetter) this.#pairs[before * 128 + last] = 1;
    else for (let code = 0; code < 128; code++) this.#pairs[code * 128 + last] = 1;
  }

  /**
   * Whether a name can end in one of the words, in any spelling and with a number behind it. A name that ends in a
   * version such as `v2`, or has fewer than two letters and digits, always can.
   */
  mayEnd(name: string): boolean {
    let index = name.length - 1;
    while (index >= 0 && !isLetter(name.charCodeAt(index))) index--;
    if (index < 1) return true;
    const last = toLower(name.charCodeAt(index));
    if (last === versionLetter) return true;
    for (index--; index >= 0; index--) {
      const code = name.charCodeAt(index);
      if (isLetter(code) || isDigit(code)) return this.#pairs[toLower(code) * 128 + last] === 1;
    }
    return true;
  }
}
