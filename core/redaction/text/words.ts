// Distinguishes a secret from an ordinary word of a sentence by its form.

/** A sign that ordinary words do not contain, as a character class. */
export const sign = String.raw`[\d!@#$%^&*+=~]`;

const containsSign = new RegExp(sign);

/** Whether a word is long enough for a secret and contains a digit or an unusual sign. */
export function isUnusual(word: string): boolean {
  return word.length >= 6 && containsSign.test(word);
}

/** Returns the word without the signs at its end that close a sentence. */
export function withoutFullStop(word: string): string {
  return word.replace(/[.:!?]{1,512}$/, '');
}
