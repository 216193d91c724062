// Where a long word may go on in the next line: behind what separates its parts, and before a new word of a camelCase
// name. It is copied as it was.
import { Fragment } from 'react';

/** Shorter words fit everywhere. */
const minLength = 12;

const breaks = /(?<=[./:@_,=&?])(?=[\p{L}\p{N}])|(?<=[a-z\d])(?=[A-Z][a-z])/u;

/** The pieces of a text between which a line may end; words are pieces too. */
export function splitAtBreaks(text: string): string[] {
  return text
    .split(/(?<=\s)(?=\S)/)
    .flatMap((word) => (word.length < minLength ? [word] : word.split(breaks)));
}

export function BreakableText({ text }: { readonly text: string }) {
  return splitAtBreaks(text).map((piece, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never move
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}
