// Remembers answers about texts during one pass over an event, in which each text has one answer however often it is
// met.

/** The answers to one question. */
export class Answers {
  readonly #byText = new Map<string, boolean>();

  /** Returns the answer about a text; computes it the first time only. */
  answer(text: string, compute: () => boolean): boolean {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const answer = compute();
    this.#byText.set(text, answer);
    return answer;
  }
}

export class AnswerCache {
  readonly #byQuestion = new Map<string, Answers>();

  /** Returns the answers to a question, which its text identifies. */
  about(question: string): Answers {
    const known = this.#byQuestion.get(question);
    if (known !== undefined) return known;
    const answers = new Answers();
    this.#byQuestion.set(question, answers);
    return answers;
  }
}
