// Looks that overlap, folded into one stream: every entry once, oldest first within a look. Runs in browsers too.
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';

export interface TailItem<Item> {
  readonly item: Item;
  /** It belongs before entries that were met before this look. */
  readonly isLate: boolean;
}

export class TailDeduplicator<Item extends Pick<ListItem, 'id'>> {
  readonly #seen = new Set<string>();
  #newest = '';
  #newestBefore = '';

  /** Starts another look; ids from before `oldestMillis` will not be met again. */
  startLook(oldestMillis: number): void {
    this.#newestBefore = this.#newest;
    for (const id of this.#seen) if (timeOf(id) < oldestMillis) this.#seen.delete(id);
  }

  /** Those of a page that no look gave before. */
  take(items: readonly Item[]): TailItem<Item>[] {
    const fresh = items.filter(({ id }) => !this.#seen.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    return fresh.map((item) => {
      this.#seen.add(item.id);
      if (item.id > this.#newest) this.#newest = item.id;
      return { item, isLate: item.id < this.#newestBefore };
    });
  }
}
