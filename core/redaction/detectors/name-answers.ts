// Remembers what names mean, because names repeat from event to event. It decides nothing.

/** How many names and how long names are remembered: at most about 4 MB for all questions. */
const maxAnswers = 10_000;
const maxRememberedLength = 200;

/** Names with a number of so many digits at their end have the same answer whatever the number is. */
const minDigits = 3;

/** Whether the rules can tell `name123` from `name456`. They must not, because such names share an answer. */
export function endsInNumber(rule: string): boolean {
  return countDigits(rule) >= minDigits;
}

function countDigits(name: string): number {
  let start = name.length;
  while (start > 0 && isDigit(name.charCodeAt(start - 1))) start--;
  return name.length - start;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The answers to one question about names. */
export class NameAnswers<T> {
  readonly #byName = new Map<string, T>();
  /** By the name without its number. */
  readonly #numbered = new Map<string, T>();

  /** Returns the remembered answer, or decides and remembers it. */
  recall(name: string, decide: (name: string) => T): T {
    if (name.length > maxRememberedLength) return decide(name);
    const digits = countDigits(name);
    const isNumbered = digits >= minDigits;
    const answers = isNumbered ? this.#numbered : this.#byName;
    const key = isNumbered ? name.slice(0, -digits) : name;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = decide(name);
    // An event with many names must not keep the names of later events from being remembered.
    if (answers.size >= maxAnswers) answers.clear();
    answers.set(key, answer);
    return answer;
  }
}
