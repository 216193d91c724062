// Collects what the verifier found wrong. Counts all findings by kind, and keeps a few examples of each kind.

/** Examples kept of each kind. */
const maxExamples = 5;

export class Discrepancies {
  readonly #found = new Map<string, { count: number; readonly examples: string[] }>();

  /** `kind` names the violated promise, `example` identifies the event or item and what is wrong with it. */
  add(kind: string, example: string): void {
    const found = this.#found.get(kind) ?? { count: 0, examples: [] };
    found.count += 1;
    if (found.examples.length < maxExamples) found.examples.push(example.slice(0, 600));
    this.#found.set(kind, found);
  }

  get count(): number {
    return [...this.#found.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** The kinds of all findings. */
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
