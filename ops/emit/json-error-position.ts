// Locates the first syntax error of a JSON text. The message of JSON.parse does not help: for some errors it has no
// position, and for others it quotes the text, which can contain secrets.

/** Returns the position such as `line 2 column 7`, both from 1. The text must be one that JSON.parse rejects. */
export function locateJsonError(text: string): string {
  // Binary search for the longest valid prefix: every prefix of a valid prefix is valid too.
  let [valid, invalid] = [0, text.length + 1];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (isValidPrefix(text.slice(0, middle))) valid = middle;
    else invalid = middle;
  }
  const lines = text.slice(0, valid).split('\n');
  return `line ${lines.length} column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** Whether more text can turn the prefix into JSON. */
function isValidPrefix(prefix: string): boolean {
  try {
    JSON.parse(prefix);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = / at position (\d+)/.exec(error.message)?.[1];
    if (position !== undefined) return Number(position) >= prefix.length;
    return error.message.startsWith('Unexpected end');
  }
}
