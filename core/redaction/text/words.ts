// What tells a secret from an ordinary word of a sentence, as far as its form goes.

/** A sign that an ordinary word does not hold, as a character class. */
export const sign = String.raw`[\d!@#$%^&*+=~]`;

const holdsSign = new RegExp(sign);

/** Whether it does not look like a word: it is long enough for a secret and holds a digit or an unusual sign. */
export function isUnusual(word: string): boolean {
  return word.length >= 6 && holdsSign.test(word);
}

/** The word without the signs behind it that end a sentence. */
export function withoutFullStop(word: string): string {
  return word.replace(/[.:!?]{1,512}$/, '');
}
