// What the verifier found to be wrong. All are counted, by kind; a few of each kind are kept to be looked at.

/** Kept of each kind. */
const maxExamples = 5;

export class Discrepancies {
  readonly #found = new Map<string, { count: number; readonly examples: string[] }>();

  /** `kind` names the broken promise, `example` the event or item and what is wrong with it. */
  add(kind: string, example: string): void {
    const found = this.#found.get(kind) ?? { count: 0, examples: [] };
    found.count += 1;
    if (found.examples.length < maxExamples) found.examples.push(example.slice(0, 600));
    this.#found.set(kind, found);
  }

  get count(): number {
    return [...this.#found.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** The kinds of what was found. */
  get kinds(): string[] {
    return [...this.#found.keys()];
  }

  lines(): string[] {
    return [...this.#found].flatMap(([kind, { count, examples }]) => [
      `${count} × ${kind}`,
      ...examples.map((example) => `    ${example}`),
    ]);
  }
}
