// Where a text stops being JSON. The parser names no place for some mistakes, and quotes the text for others.

/** Such as `line 2 column 7`, both counted from 1; of a text that JSON.parse refuses. */
export function placeOfMistake(text: string): string {
  // The longest beginning that more text could still make JSON of: every shorter one is such a beginning, too.
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (canGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const lines = text.slice(0, good).split('\n');
  return `line ${lines.length} column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

function canGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = / at position (\d+)/.exec(error.message)?.[1];
    if (position !== undefined) return Number(position) >= beginning.length;
    return error.message.startsWith('Unexpected end');
  }
}
