// How the directory compares text: without regard to case and to Unicode's ways of writing the same. Rows and
// prefixes are folded alike, here and nowhere else.

/**
 * The form in which terms are sorted and compared. Accents stand apart from their letters (NFKD), so that a prefix
 * may end between the two; through upper case, so that `ß` meets `SS`. It does not depend on what follows a letter.
 */
export function foldTerm(text: string): string {
  const caseless = text.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase();
  return caseless.replaceAll('ς', 'σ').normalize('NFKD');
}

/** Whether `text` begins with `prefix`, both folded; an empty prefix begins everything. */
export function hasPrefix(text: string, prefix: string): boolean {
  return foldTerm(text).startsWith(foldTerm(prefix));
}

/** Orders terms by their folded form. */
export function compareTerms(left: string, right: string): number {
  const [a, b] = [foldTerm(left), foldTerm(right)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
