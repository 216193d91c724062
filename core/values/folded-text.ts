// Folds text for comparisons that ignore case and Unicode normalization. Directory rows and prefixes must both be
// folded here.

/** Text that normalization does not change. */
const printableAscii = /^[ -~]*$/;

/**
 * Returns the form of a term for sorting and comparison. NFKD separates accents from letters, so that a prefix can end
 * between them. Converting through upper case makes `ß` equal to `SS`. The form of a letter does not depend on the
 * letters after it.
 */
export function foldTerm(text: string): string {
  if (printableAscii.test(text)) return text.toLowerCase();
  const caseless = text.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase();
  return caseless.replaceAll('ς', 'σ').normalize('NFKD');
}

/** Whether the folded text starts with the folded prefix. An empty prefix matches everything. */
export function hasPrefix(text: string, prefix: string): boolean {
  return foldTerm(text).startsWith(foldTerm(prefix));
}

/** Compares terms by their folded form. */
export function compareTerms(left: string, right: string): number {
  const [a, b] = [foldTerm(left), foldTerm(right)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Returns the words of a text in folded form: the runs of letters, digits and marks. Any other character separates words,
 * so `OPS-4711` is the words `ops` and `4711`.
 */
export function wordsOf(text: string): readonly string[] {
  return foldTerm(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}
