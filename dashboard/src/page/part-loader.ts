// Loading of a part of the page that is not there from the start: once when it works, anew when it did not.

/** The part's files did not come; whatever the browser said is the cause. */
export class PartNotLoaded extends Error {
  override readonly name = 'PartNotLoaded';
}

export class PartLoader<Part> {
  readonly #load: () => Promise<Part>;
  #loading: Promise<Part> | undefined;

  constructor(load: () => Promise<Part>) {
    this.#load = load;
  }

  /** The same promise until a failure is forgotten. Fails with PartNotLoaded. */
  load(): Promise<Part> {
    this.#loading ??= this.#start();
    return this.#loading;
  }

  /** Lets the next call load anew. Not done by itself: React reads a promise again after it failed. */
  forget(): void {
    this.#loading = undefined;
  }

  async #start(): Promise<Part> {
    try {
      return await this.#load();
    } catch (cause) {
      throw new PartNotLoaded('a part of the page could not be loaded', { cause });
    }
  }
}
