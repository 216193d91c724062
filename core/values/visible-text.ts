// Text that comes from a file or a server, made unable to act on what shows it or to hide in it.

// Control characters, line and paragraph separators, lone surrogates, and what is invisible or turns the direction of
// text: soft hyphen, bidi marks, zero-width spaces, tags. Joiners (U+200C, U+200D) stay: scripts and emoji need them.
const unsafe =
  /([\p{Cc}\p{Cs}\u2028\u2029\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}])/gu;

/** The text with everything escaped that could move the cursor, break the line, reorder it or hide in it. */
export function escapeUnsafe(text: string): string {
  return text.replace(unsafe, escapeCharacter);
}

/**
 * JSON text with what could act on a terminal, or hide in it, as JSON's own escapes: who parses it gets the same value.
 * Line feeds stay, since in JSON they only stand between values.
 */
export function escapeUnsafeJson(json: string): string {
  return json.replace(unsafe, (character) =>
    character === '\n' ? character : character.split('').map(escapeUnit).join(''),
  );
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Texts and escapes in turn, a text first; texts may be empty. Joined, they are `escapeUnsafe` of the text. */
export function splitAtUnsafe(text: string): string[] {
  return text.split(unsafe).map((part, index) => (index % 2 === 1 ? escapeCharacter(part) : part));
}

function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
