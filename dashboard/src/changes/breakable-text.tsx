// Adds line-break opportunities to long words, after separators and between the words of a camelCase name. Copied text
// is unaffected.
import { Fragment } from 'react';

/** Characters. Shorter words are never broken. */
const minLength = 12;

const breaks = /(?<=[./:@_,=&?])(?=[\p{L}\p{N}])|(?<=[a-z\d])(?=[A-Z][a-z])/u;

/** Splits a text into pieces. A line can break between any two of them. */
export function splitAtBreaks(text: string): string[] {
  return text
    .split(/(?<=\s)(?=\S)/)
    .flatMap((word) => (word.length < minLength ? [word] : word.split(breaks)));
}

export function BreakableText({ text }: { readonly text: string }) {
  return splitAtBreaks(text).map((piece, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never change order
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}
