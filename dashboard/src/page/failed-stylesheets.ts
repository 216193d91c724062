// Stylesheets that did not come. Vite fails an import whose stylesheet failed (`vite:preloadError`), but when the import
// is tried again it takes the stylesheet for loaded: the part would stand there without it.

export class FailedStylesheets {
  readonly #links = new Set<HTMLLinkElement>();

  constructor(page: Pick<EventTarget, 'addEventListener'>) {
    const note = ({ target }: Event) => {
      const link = target as HTMLLinkElement;
      if (link.rel === 'stylesheet') this.#links.add(link);
    };
    // Errors of elements do not bubble.
    page.addEventListener('error', note, { capture: true });
  }

  /** Asks for them again, in their places. Fails when one does not come; the next call asks for that one. */
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
    fresh.onerror = () => reject(new Error(`the stylesheet ${link.href} did not come`));
    link.replaceWith(fresh);
  });
}
