// Finds where a quoted or bracketed value ends in a text that can itself be quoted, more than once: each time, quoting
// doubles the backslashes before a quote and adds one.

/** The backslashes in a row that are counted. */
const maxBackslashes = 64;

function countBackslashes(text: string, end: number): number {
  let count = 0;
  while (count < maxBackslashes && text.charAt(end - count - 1) === '\\') count++;
  return count;
}

/**
 * Returns where the value ends whose opening quote, such as `"` or `\"`, ends at `start`; the end of the text if no quote
 * closes it.
 */
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

/** What can be before a quote that opens a string; an apostrophe follows a letter. */
const mayOpen = /[\s,:=([{]/;

/** Returns the offset after the bracket that closes the one at `start`; the end of the text if none does. */
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

/** Returns the offset after the string that the quote at `index` opens, or after the quote if it opens none. */
function behindString(text: string, index: number): number {
  const escaping = countBackslashes(text, index);
  if (!mayOpen.test(text.charAt(index - escaping - 1))) return index + 1;
  const open = text.slice(index - escaping, index + 1);
  return closingQuote(text, open, index + 1) + open.length;
}
