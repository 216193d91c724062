// States that do not fit an item, in memory. For tests and for tools that need no bucket.
import type { OverflowStore } from '../core/storage/ports.ts';

export class MemoryOverflowStore implements OverflowStore {
  /** Objects by key. Tests can inspect and corrupt them. */
  readonly objects = new Map<string, Uint8Array>();

  async put(key: string, bytes: Uint8Array): Promise<'written' | 'exists'> {
    if (this.objects.has(key)) return 'exists';
    this.objects.set(key, bytes.slice());
    return 'written';
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return this.objects.get(key)?.slice();
  }
}
