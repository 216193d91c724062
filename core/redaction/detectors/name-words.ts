// Splits a field name into its words, in every spelling. It runs for most words of an event, so it reads each character
// once.

/** Of a longer name only the end is read, which says what it is. */
const maxNameLength = 256;

const kinds = { separator: 0, lower: 1, upper: 2, digit: 3 } as const;
type Kind = (typeof kinds)[keyof typeof kinds];

function kindOf(code: number): Kind {
  if (code >= 97 && code <= 122) return kinds.lower;
  if (code >= 65 && code <= 90) return kinds.upper;
  return code >= 48 && code <= 57 ? kinds.digit : kinds.separator;
}

/**
 * Returns the words in lower case: `masterUserPassword`, `MASTER_USER_PASSWORD` and `master-user-password` are equal.
 */
export function wordsOf(name: string): string[] {
  const end = name.length > maxNameLength ? name.slice(-maxNameLength) : name;
  const words: string[] = [];
  let start = 0;
  let before: Kind = kinds.separator;
  const closeWord = (index: number) => {
    if (index > start) words.push(end.slice(start, index).toLowerCase());
  };
  for (let index = 0; index < end.length; index++) {
    const kind = kindOf(end.charCodeAt(index));
    if (kind === kinds.separator) {
      closeWord(index);
      start = index + 1;
    } else if (kind === kinds.upper && isWordStart(end, index, before)) {
      closeWord(index);
      start = index;
    }
    before = kind;
  }
  closeWord(end.length);
  return words;
}

/** Whether a capital letter begins a word: the N of `userName` and of `DBName`. */
function isWordStart(name: string, index: number, before: Kind): boolean {
  if (before === kinds.lower || before === kinds.digit) return true;
  return before === kinds.upper && kindOf(name.charCodeAt(index + 1)) === kinds.lower;
}
