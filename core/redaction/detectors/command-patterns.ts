// Parts of the patterns for secrets in commands and files.
import { type Span, spansOf } from '../text/spans.ts';
import { sign } from '../text/words.ts';
import { isHarmlessValue } from './allowlist.ts';
import { UnquotedValues } from './unquoted-values.ts';

export interface Form {
  /** A text without it needs no search. */
  readonly hint: RegExp;
  /** Global; its group `secret` is the secret. */
  readonly pattern: RegExp;
}

/** What is between a command and one of its options. */
export const options = String.raw`[^\n;|&]{0,256}?[ \t]`;

/** An option's value, in quotes or not. */
export const value = String.raw`["']?(?<secret>(?<=")[^"\n]+|(?<=')[^'\n]+|[^\s"'=]\S*)`;

/** A value that is no ordinary word. */
export const unusual = String.raw`["']?(?=[^\s"']{0,128}${sign})(?<secret>[^\s"']\S{5,})`;

/** Forms that are searched for together. */
export class FormSearch {
  readonly #forms: readonly Form[];
  /** The hints of all forms, by their flags: most texts have none of them. */
  readonly #anyHints: readonly RegExp[];

  constructor(forms: readonly Form[]) {
    this.#forms = forms;
    this.#anyHints = ['', 'i'].flatMap((flags) => {
      const sources = forms.filter(({ hint }) => hint.flags === flags).map(({ hint }) => hint.source);
      return sources.length === 0 ? [] : [new RegExp([...new Set(sources)].join('|'), flags)];
    });
  }

  /** What the forms find. A value without quotes ends at white space, or at a quote that encloses the command. */
  find(text: string): Span[] {
    if (!this.#anyHints.some((hint) => hint.test(text))) return [];
    const unquoted = new UnquotedValues(text);
    return this.#forms.flatMap(({ hint, pattern }) => {
      if (!hint.test(text)) return [];
      return spansOf(text, pattern)
        .map((span) => withoutEnclosingQuote(text, span, unquoted))
        .filter(({ start, end }) => !isHarmlessValue(text.slice(start, end)));
    });
  }
}

function withoutEnclosingQuote(text: string, span: Span, unquoted: UnquotedValues): Span {
  const { start, end } = span;
  if (/["'`]/.test(text.charAt(start - 1)) || !/["'`)\]}]/.test(text.slice(start, end))) return span;
  return { start, end: Math.max(start + 1, Math.min(end, unquoted.endOf(start))) };
}
