// Loads a lazily imported module once, and again after a failure.

/** The module's files could not be loaded. `cause` is the browser's error. */
export class ModuleLoadError extends Error {
  override readonly name = 'ModuleLoadError';
}

export class ModuleLoader<Module> {
  readonly #load: () => Promise<Module>;
  #loading: Promise<Module> | undefined;

  constructor(load: () => Promise<Module>) {
    this.#load = load;
  }

  /** Returns the same promise until `forget` is called. Rejects with ModuleLoadError. */
  load(): Promise<Module> {
    this.#loading ??= this.#start();
    return this.#loading;
  }

  /** Makes the next call load again. Not automatic, because React reads a promise again after it has rejected. */
  forget(): void {
    this.#loading = undefined;
  }

  async #start(): Promise<Module> {
    try {
      return await this.#load();
    } catch (cause) {
      throw new ModuleLoadError('could not load a module of the page', { cause });
    }
  }
}
