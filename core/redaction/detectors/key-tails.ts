// The end of a private key whose beginning is missing, as in a line of a log or the last part of a message.
import type { Span } from '../text/spans.ts';

const endMarker = /-----END (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;

/** A line of a key has at least this many characters; the last one is shorter. */
const minLineLength = 40;

/** What is between two lines of a key in a file, in code, or in JSON. */
const between = /[\s"'+]/;
const digit = /[A-Za-z0-9+/=]/;

/** The end markers of private keys, with the lines of the key before each. Each character is read once. */
export function findKeyTails(text: string): Span[] {
  let least = 0;
  return Array.from(text.matchAll(endMarker), (match) => {
    const end = match.index + match[0].length;
    const start = startOfLines(text, match.index, least);
    least = end;
    return { start, end };
  });
}

/** Where the lines of a key begin that end at `end`; not before `least`. */
function startOfLines(text: string, end: number, least: number): number {
  let [start, isLast] = [end, true];
  for (;;) {
    const lineEnd = skipBetween(text, start, least);
    let lineStart = lineEnd;
    while (lineStart > least && digit.test(text.charAt(lineStart - 1))) lineStart--;
    const isLine = lineEnd - lineStart >= minLineLength;
    // A short last line counts if it is padded, or if a full line is before it.
    const isShortLine = isLast && lineEnd > lineStart && text.charAt(lineEnd - 1) === '=';
    if (!isLine && !isShortLine) return start;
    [start, isLast] = [lineStart, false];
  }
}

function skipBetween(text: string, from: number, least: number): number {
  let at = from;
  while (at > least) {
    if (between.test(text.charAt(at - 1))) at--;
    else if (at > least + 1 && /\\[nr]/.test(text.slice(at - 2, at))) at -= 2;
    else break;
  }
  return at;
}
