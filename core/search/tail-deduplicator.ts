// Combines overlapping polls for new entries into one stream with every entry once. Also runs in browsers.
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';

/** An entry that a poll found first. */
export interface TailItem<Item> {
  readonly item: Item;
  /**
   * Whether the entry sorts before entries of earlier polls. Entries whose time is ahead of the recorder's clock do not
   * count: one service with a fast clock would make all others late.
   */
  readonly isLate: boolean;
}

/** Removes entries that an earlier poll returned. Must process polls in order. */
export class TailDeduplicator<Item extends Pick<ListItem, 'id' | 'recordedAt'>> {
  readonly #seen = new Set<string>();
  #newest = '';
  #newestBefore = '';

  /** Starts the next poll. Forgets IDs older than `oldestMillis`, which later polls must not return. */
  startPoll(oldestMillis: number): void {
    this.#newestBefore = this.#newest;
    for (const id of this.#seen) if (timeOf(id) < oldestMillis) this.#seen.delete(id);
  }

  /** Returns the entries of a page that no earlier page or poll contained, oldest first. */
  take(items: readonly Item[]): TailItem<Item>[] {
    const unseen = items.filter(({ id }) => !this.#seen.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    return unseen.map((item) => {
      this.#seen.add(item.id);
      if (item.id > this.#newest && !isAhead(item)) this.#newest = item.id;
      return { item, isLate: item.id < this.#newestBefore };
    });
  }
}

function isAhead({ id, recordedAt }: Pick<ListItem, 'id' | 'recordedAt'>): boolean {
  return timeOf(id) > Date.parse(recordedAt);
}
