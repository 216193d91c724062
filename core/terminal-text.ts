// Text for a terminal: whatever comes from a file or a server is made unable to act on it.

// Control characters, line and paragraph separators, lone surrogates, and what is invisible or turns the direction of
// text: soft hyphen, bidi marks, zero-width spaces, tags. Joiners (U+200C, U+200D) stay: scripts and emoji need them.
const unsafe =
  /[\p{Cc}\p{Cs}\u2028\u2029\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** The text with everything escaped that could move the cursor, break the line, reorder it or hide in it. */
export function escapeForTerminal(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}
