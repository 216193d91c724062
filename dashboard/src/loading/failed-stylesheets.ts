// Reloads stylesheets that failed to load. Vite rejects an import whose stylesheet fails (`vite:preloadError`), but on a
// retry it assumes that the stylesheet is loaded, so the component would be unstyled.

export class FailedStylesheets {
  readonly #links = new Set<HTMLLinkElement>();

  constructor(page: Pick<EventTarget, 'addEventListener'>) {
    const note = ({ target }: Event) => {
      const link = target as HTMLLinkElement;
      if (link.rel === 'stylesheet') this.#links.add(link);
    };
    // Error events of elements do not bubble.
    page.addEventListener('error', note, { capture: true });
  }

  /** Reloads them in place. Rejects if one fails again. The next call retries that one. */
  async reload(): Promise<void> {
    const links = [...this.#links];
    this.#links.clear();
    await Promise.all(links.map(replace));
  }
}

function replace(link: HTMLLinkElement): Promise<void> {
  const fresh = link.cloneNode() as HTMLLinkElement;
  return new Promise((resolve, reject) => {
    fresh.onload = () => resolve();
    fresh.onerror = () => reject(new Error(`could not load the stylesheet ${link.href}`));
    link.replaceWith(fresh);
  });
}
