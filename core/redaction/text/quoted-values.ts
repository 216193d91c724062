// Where a quoted or bracketed value ends in text, however often the text was quoted itself: each time doubles the
// backslashes before a quote, and adds one.

/** More in a row are counted no further. */
const maxBackslashes = 64;

function countBackslashes(text: string, end: number): number {
  let count = 0;
  while (count < maxBackslashes && text.charAt(end - count - 1) === '\\') count++;
  return count;
}

/** Where the value ends whose opening quote, such as `"` or `\"`, ends at `start`; the text's end when it never does. */
export function closingQuote(text: string, open: string, start: number): number {
  const escaping = countBackslashes(open, open.length - 1);
  const quote = open.slice(escaping);
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + 1)) {
    const more = countBackslashes(text, at) - escaping;
    if (more >= 0 && more % (2 * (escaping + 1)) === 0) return at - escaping;
  }
  return text.length;
}

const signs = /["'`{}[\]]/g;

/** A quote that opens a string, and is no apostrophe. */
const mayOpen = /[\s,:=([{]/;

/** Behind the bracket that closes the one at `start`; the text's end when none does. */
export function behindBracket(text: string, start: number): number {
  let depth = 0;
  signs.lastIndex = start;
  for (let sign = signs.exec(text); sign; sign = signs.exec(text)) {
    const [character] = sign;
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else signs.lastIndex = behindString(text, sign.index);
    if (depth === 0) return signs.lastIndex;
  }
  return text.length;
}

/** Behind the string that the quote at `index` opens, or behind the quote when it opens none. */
function behindString(text: string, index: number): number {
  const escaping = countBackslashes(text, index);
  if (!mayOpen.test(text.charAt(index - escaping - 1))) return index + 1;
  const open = text.slice(index - escaping, index + 1);
  return closingQuote(text, open, index + 1) + open.length;
}
