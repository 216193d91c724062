// Remembers the key and the last verified checkpoint of each organization's sealed log in this browser. Whoever rewrites
// the log on the server cannot reach what a browser remembers.
import * as z from 'zod/mini';

const memorySchema = z.object({
  /** The verifier key of the log. */
  key: z.string(),
  /** The signed checkpoint. */
  checkpoint: z.string(),
});

export type SealMemory = z.infer<typeof memorySchema>;

/** Where a browser remembers logs: `localStorage`, or anything like it. */
export type MemoryStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** What a browser remembers of the sealed logs. It outlives the session, because it contains no entry. */
export class SealMemories {
  readonly #storage: MemoryStorage | undefined;

  /** Without storage, nothing is remembered. */
  constructor(storage: MemoryStorage | undefined) {
    this.#storage = storage;
  }

  /** Whether the browser can remember anything. */
  get isAvailable(): boolean {
    return this.#storage !== undefined;
  }

  /** Returns what is remembered, `undefined` if there is nothing, or `'unreadable'` if it is damaged. */
  recall(organizationId: string): SealMemory | 'unreadable' | undefined {
    const stored = this.#storage?.getItem(nameOf(organizationId)) ?? null;
    if (stored === null) return undefined;
    try {
      return memorySchema.parse(JSON.parse(stored));
    } catch {
      return 'unreadable';
    }
  }

  /** Returns whether the browser stored it. A full or blocked storage keeps what it had. */
  remember(organizationId: string, memory: SealMemory): boolean {
    try {
      this.#storage?.setItem(nameOf(organizationId), JSON.stringify(memory));
      return this.#storage !== undefined;
    } catch {
      return false;
    }
  }
}

function nameOf(organizationId: string): string {
  return `request-logs:sealed-log:${organizationId}`;
}

/** Returns the memories of this browser. */
export function openSealMemories(): SealMemories {
  try {
    return new SealMemories(window.localStorage);
  } catch {
    // The browser blocks storage.
    return new SealMemories(undefined);
  }
}
