// Tracks when the user last used the page, so that a hidden or idle page polls less.

/** Events that show that somebody is using the page. */
const inputEvents = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart', 'focus'] as const;

/** How long an idle page takes at most to notice that the user is back, in milliseconds. */
const sliceMillis = 5000;

/** The parts of the browser that are used. */
export interface WatchedPage {
  readonly window: EventTarget;
  readonly document: EventTarget & { readonly hidden: boolean };
  readonly now: () => number;
  /** Resolves early when the signal is aborted. */
  readonly sleep: (millis: number, signal: AbortSignal) => Promise<void>;
}

/** The time since the page was last used. It counts as used when it is created. */
export class Activity {
  readonly #page: WatchedPage;
  #usedAt: number;

  /** Watches the page until the signal is aborted. */
  constructor(page: WatchedPage, signal: AbortSignal) {
    this.#page = page;
    this.#usedAt = page.now();
    const use = () => {
      this.#usedAt = page.now();
    };
    for (const name of inputEvents) {
      page.window.addEventListener(name, use, { passive: true, capture: true, signal });
    }
    page.document.addEventListener('visibilitychange', use, { signal });
  }

  get idleMillis(): number {
    return this.#page.now() - this.#usedAt;
  }

  /**
   * Waits for a pause, and then until the page is visible. `pauseMillis` is called again while waiting, so that the pause
   * of an idle page ends soon after the user returns. Resolves immediately when the signal is aborted.
   */
  async wait(pauseMillis: () => number, signal: AbortSignal): Promise<void> {
    const { now, sleep, document } = this.#page;
    const startedAt = now();
    for (;;) {
      const leftMillis = startedAt + pauseMillis() - now();
      if (signal.aborted || leftMillis <= 0) break;
      await sleep(Math.min(leftMillis, sliceMillis), signal);
    }
    if (!document.hidden || signal.aborted) return;
    await new Promise<void>((resolve) => {
      document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
      signal.addEventListener('abort', () => resolve());
    });
  }
}
