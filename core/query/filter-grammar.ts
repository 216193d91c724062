// The grammar of filters: a comma-separated list of terms `[!]text[*]`. The API, the command line and the page all read
// and write filters here. Must not know which filters exist. Also runs in browsers.

/** One term of a filter. */
export interface FilterTerm {
  /** The value, or its beginning. Never empty. */
  readonly text: string;
  /** Whether the term excludes what it matches. */
  readonly isNegated: boolean;
  /** Whether the term matches every value that starts with the text. */
  readonly isPrefix: boolean;
}

/** Either the term, or what is wrong with it, as the rest of a sentence that begins with the name of the filter. */
export type TermReading = { readonly term: FilterTerm } | { readonly problem: string };

const problems = {
  comma: 'must contain a comma within a value only as \\,',
  empty: 'must not have an empty value',
  asterisk:
    'must contain * only at the end of a value, where it matches a prefix; write \\* for the character',
  backslash: 'must contain \\ only before *, !, a comma or \\; write \\\\ for the character',
  exclamation: 'must not contain a value that starts with !!; write !\\! to exclude values that start with !',
};

/** Splits a list at its commas. An escaped comma is part of a term. Terms stay as they are written. */
export function splitTerms(list: string): string[] {
  const terms: string[] = [];
  let [start, at] = [0, 0];
  for (; at < list.length; at++) {
    if (list[at] === '\\') at++;
    else if (list[at] === ',') {
      terms.push(list.slice(start, at));
      start = at + 1;
    }
  }
  return [...terms, list.slice(start)];
}

/** Parses one term, exactly: white space and case are part of its text. */
export function parseTerm(written: string): TermReading {
  const isNegated = written.startsWith('!');
  let text = '';
  let isPrefix = false;
  for (let at = isNegated ? 1 : 0; at < written.length; at++) {
    const character = written[at] as string;
    if (isPrefix) return { problem: problems.asterisk };
    if (character === ',') return { problem: problems.comma };
    if (character === '\\') {
      const escaped = written[++at];
      if (escaped === undefined || !'*!,\\'.includes(escaped)) return { problem: problems.backslash };
      text += escaped;
    } else if (character === '*') {
      isPrefix = true;
    } else if (character === '!' && isNegated && text === '') {
      return { problem: problems.exclamation };
    } else text += character;
  }
  return text === '' ? { problem: problems.empty } : { term: { text, isNegated, isPrefix } };
}

/** Returns the only canonical form of a term: what needs no escape has none. `parseTerm` reverses it. */
export function printTerm({ text, isNegated, isPrefix }: FilterTerm): string {
  const escaped = text.replace(/[\\,*]|^!/g, '\\$&');
  return `${isNegated ? '!' : ''}${escaped}${isPrefix ? '*' : ''}`;
}

/** Returns the term that matches exactly this value, whatever characters it contains. */
export function exactTerm(text: string): string {
  return printTerm({ text, isNegated: false, isPrefix: false });
}

/** Returns the term that matches every value that starts with the text. */
export function prefixTerm(text: string): string {
  return printTerm({ text, isNegated: false, isPrefix: true });
}

/** Reads a term that is known to be valid, such as one of `Filters`. Throws if it is not. */
export function readTerm(written: string): FilterTerm {
  const reading = parseTerm(written);
  if ('term' in reading) return reading.term;
  throw new TypeError(`a filter ${reading.problem}: ${JSON.stringify(written)}`);
}
