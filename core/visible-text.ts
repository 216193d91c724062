// Text that comes from a file or a server, made unable to act on what shows it or to hide in it.

// Control characters, line and paragraph separators, lone surrogates, and what is invisible or turns the direction of
// text: soft hyphen, bidi marks, zero-width spaces, tags. Joiners (U+200C, U+200D) stay: scripts and emoji need them.
const unsafe =
  /([\p{Cc}\p{Cs}\u2028\u2029\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}])/gu;

/** The text with everything escaped that could move the cursor, break the line, reorder it or hide in it. */
export function escapeUnsafe(text: string): string {
  return text.replace(unsafe, escapeCharacter);
}

/** Texts and escapes in turn, a text first; texts may be empty. Joined, they are `escapeUnsafe` of the text. */
export function splitAtUnsafe(text: string): string[] {
  return text.split(unsafe).map((part, index) => (index % 2 === 1 ? escapeCharacter(part) : part));
}

function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
