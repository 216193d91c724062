// What the forms of secrets in commands and files consist of.
import { type Span, spansOf } from '../text/spans.ts';
import { sign } from '../text/words.ts';

export interface Form {
  /** A text without it needs no look. */
  readonly hint: RegExp;
  /** Global; its group `secret` is what must not be shown. */
  readonly pattern: RegExp;
}

/** What stands between a command and an option of it. */
export const options = String.raw`[^\n;|&]{0,256}?[ \t]`;

/** An option's value, in quotes or not. */
export const value = String.raw`["']?(?<secret>(?<=")[^"\n]+|(?<=')[^'\n]+|[^\s"'=][^\s"']*)`;

/** A value that is no ordinary word. */
export const unusual = String.raw`["']?(?=[^\s"']{0,128}${sign})(?<secret>[^\s"']{6,})`;

/** What the forms find. */
export function findForms(text: string, forms: readonly Form[]): Span[] {
  return forms.flatMap(({ hint, pattern }) => (hint.test(text) ? spansOf(text, pattern) : []));
}
