// Escapes characters in text from files and servers that could control the display or be invisible in it.

// Control characters, line and paragraph separators, lone surrogates, and characters that are invisible or change the
// text direction: soft hyphen, bidi marks, zero-width spaces, tags. Scripts and emoji need joiners (U+200C, U+200D), so
// they are not included.
const unsafe =
  /([\p{Cc}\p{Cs}\u2028\u2029\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}])/gu;

/** Escapes all characters that could move the cursor, break the line, reorder the text or be invisible. */
export function escapeUnsafe(text: string): string {
  return text.replace(unsafe, escapeCharacter);
}

/**
 * Escapes the same characters in JSON text with JSON escape sequences, so that it parses to the same value. Keeps line
 * feeds, which occur in JSON only between values.
 */
export function escapeUnsafeJson(json: string): string {
  return json.replace(unsafe, (character) =>
    character === '\n' ? character : character.split('').map(escapeUnit).join(''),
  );
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Splits the result of `escapeUnsafe` into alternating text and escape sequences. Starts with text, which can be empty.
 */
export function splitAtUnsafe(text: string): string[] {
  return text.split(unsafe).map((part, index) => (index % 2 === 1 ? escapeCharacter(part) : part));
}

function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
