// Text that breaks naive comparison: separators, escapes, case mappings that change the length, and both forms of
// accents.
import fc from 'fast-check';

const graphemes = [
  ...'abzABZ09-_. #%2/\\"\'~\u{7f}',
  ...['%23', '%25', '%=', 'é', 'e\u0301', 'É', 'ü', 'ß', 'SS', 'ẞ', 'Σ', 'σ', 'ς', 'İ', 'i\u0307', 'ı', 'I'],
  ...[
    'ﬁ',
    'ŉ',
    'Å',
    'Å',
    '가',
    '각',
    'ｆ',
    'Ａ',
    '＃',
    '％',
    'ǆ',
    'ǅ',
    '☂',
    '\ufffd',
    '\u{1f600}',
    '\u{10ffff}',
  ],
];

/** Awkward names that the event contract allows: no control characters, except the harmless `\u007f`. */
export const awkwardText: fc.Arbitrary<string> = fc
  .oneof(
    fc.array(fc.constantFrom(...graphemes), { minLength: 1, maxLength: 12 }),
    fc.array(fc.constantFrom(...graphemes), { minLength: 40, maxLength: 60 }),
    fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), { minLength: 1, maxLength: 12 }),
  )
  .map((parts) => parts.join(''));

/** A text and a prefix that ends between two user-perceived characters. */
export const textWithBeginning = fc.tuple(awkwardText, fc.nat()).map(([text, length]) => {
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return [text, letters.slice(0, length % (letters.length + 1)).join('')] as const;
});
