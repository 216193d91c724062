// Remembers answers about texts during one pass over an event, in which each text has one answer however often it is
// met.

export class AnswerCache {
  readonly #byQuestion = new Map<string, Map<string, boolean>>();

  /** Returns the answer to a question about a text; computes it the first time only. */
  answer(question: string, text: string, compute: () => boolean): boolean {
    const answers = this.#byQuestion.get(question) ?? new Map<string, boolean>();
    this.#byQuestion.set(question, answers);
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = compute();
    answers.set(text, answer);
    return answer;
  }
}
