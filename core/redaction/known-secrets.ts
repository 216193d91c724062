// Secrets that were recognised somewhere in an entry and must not stand elsewhere in it either, quoted in a reason,
// say.
import type { Span } from './spans.ts';

/** Shorter ones occur by chance. */
const minLength = 8;

/** Secrets with a common beginning that are compared one by one; more are told apart by their next character. */
const maxCompared = 8;

/** Finds any of many strings in a text, however many begin alike. */
export class KnownSecrets {
  readonly #known = new Set<string>();
  readonly #byPrefix = new Map<string, Branch>();
  readonly #firstCodes = new Set<number>();

  /** Remembers a secret, unless it could as well be an ordinary word or name. */
  add(secret: string): void {
    if (secret.length < minLength || this.#known.has(secret) || isOrdinary(secret)) return;
    this.#known.add(secret);
    const prefix = secret.slice(0, minLength);
    const branch = this.#byPrefix.get(prefix) ?? new Branch(minLength);
    branch.add(secret);
    this.#byPrefix.set(prefix, branch);
    this.#firstCodes.add(secret.charCodeAt(0));
  }

  findIn(text: string): Span[] {
    if (this.#known.size === 0) return [];
    const spans: Span[] = [];
    for (let start = 0; start + minLength <= text.length; start++) {
      if (!this.#firstCodes.has(text.charCodeAt(start))) continue;
      const length = this.#byPrefix.get(text.slice(start, start + minLength))?.matchAt(text, start) ?? 0;
      if (length === 0) continue;
      spans.push({ start, end: start + length });
      start += length - 1;
    }
    return spans;
  }
}

/** Secrets that agree in their first `depth` characters. */
class Branch {
  readonly #depth: number;
  #secrets: string[] = [];
  /** By the next character, once there are many. */
  #next: Map<number, Branch> | undefined;

  constructor(depth: number) {
    this.#depth = depth;
  }

  add(secret: string): void {
    if (this.#next !== undefined && secret.length > this.#depth) {
      const code = secret.charCodeAt(this.#depth);
      const branch = this.#next.get(code) ?? new Branch(this.#depth + 1);
      branch.add(secret);
      this.#next.set(code, branch);
      return;
    }
    this.#secrets.push(secret);
    if (this.#next !== undefined || this.#secrets.length <= maxCompared) return;
    const all = this.#secrets;
    this.#secrets = [];
    this.#next = new Map();
    for (const one of all) this.add(one);
  }

  /** The length of the longest secret that stands in the text at `start`; 0 for none. */
  matchAt(text: string, start: number): number {
    let longest = 0;
    for (let branch: Branch | undefined = this; branch; ) {
      for (const secret of branch.#secrets) {
        if (secret.length > longest && text.startsWith(secret, start)) longest = secret.length;
      }
      branch = branch.#next?.get(text.charCodeAt(start + branch.#depth));
    }
    return longest;
  }
}

/** One lower-case or capitalised word, or a number: `production`, `Enabled`, `20261123`. */
function isOrdinary(text: string): boolean {
  return /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/.test(text);
}
