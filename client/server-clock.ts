// The server's clock, from the Date header of its responses. Relative times and ages must not depend on the clock of the
// user's computer, which can be wrong.

/** The Date header has whole seconds and responses take time to arrive, so smaller differences are not corrected. */
const toleranceMillis = 5000;

export class ServerClock {
  readonly #ownNow: () => number;
  readonly #listeners = new Set<() => void>();
  #aheadMillis = 0;
  #isKnown = false;

  /** `ownNow` returns the computer's time in epoch milliseconds. */
  constructor(ownNow: () => number = Date.now) {
    this.#ownNow = ownNow;
  }

  /** Reads the clock from a response that has just arrived. Ignores a response without a valid Date header. */
  readResponse({ headers }: Pick<Response, 'headers'>): void {
    const sentAt = Date.parse(headers.get('date') ?? '');
    // A cache can have kept the response for a while. The average of the truncated part is half a second.
    const serverMillis = sentAt + Number(headers.get('age') ?? 0) * 1000 + 500;
    if (Number.isNaN(serverMillis)) return;
    this.#isKnown = true;
    const ahead = this.#ownNow() - serverMillis;
    const next = Math.abs(ahead) < toleranceMillis ? 0 : ahead;
    if (Math.abs(next - this.#aheadMillis) < toleranceMillis) return;
    this.#aheadMillis = next;
    for (const listener of this.#listeners) listener();
  }

  /** The server's time in epoch milliseconds. The computer's own time before the first response. */
  now(): number {
    return this.#ownNow() - this.#aheadMillis;
  }

  /** Whether a response contained the server's time. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** How far the computer's clock is ahead of the server's, in milliseconds. Negative if it is behind. */
  get aheadMillis(): number {
    return this.#aheadMillis;
  }

  /** Calls the listener when `aheadMillis` changes. Returns a function that stops that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
