// Limits what redaction decodes for one event, so that its CPU time has an absolute bound. It counts characters and
// never measures time: the same event always gives the same result.

/** What each text costs in addition to its length, because thousands of short texts cost more time than a long one. */
const charactersForEachText = 192;

/**
 * The decoding budget of one event. Each distinct text is counted once, and the answer for a text never changes. What
 * is refused must be hidden as a whole: then a redacted event needs at most the budget that the event itself needed,
 * and repeating redaction changes nothing.
 */
export class DecodingBudget {
  #charactersLeft: number;
  readonly #answers = new Map<string, boolean>();

  constructor(maxCharacters: number) {
    this.#charactersLeft = maxCharacters;
  }

  /** Whether the decoded text is to be read; takes its cost from the budget the first time. */
  allows(decoded: string): boolean {
    const known = this.#answers.get(decoded);
    if (known !== undefined) return known;
    const cost = decoded.length + charactersForEachText;
    const isAllowed = cost <= this.#charactersLeft;
    if (isAllowed) this.#charactersLeft -= cost;
    this.#answers.set(decoded, isAllowed);
    return isAllowed;
  }
}
