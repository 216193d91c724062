// Saved views in memory, for tests.
import { viewPartitionKey } from '../core/storage/keys.ts';
import type { StoredView, ViewPlace, ViewStore } from '../core/storage/ports.ts';

export class MemoryViewStore implements ViewStore {
  readonly #partitions = new Map<string, Map<string, StoredView>>();

  async list(place: ViewPlace): Promise<readonly StoredView[]> {
    return [...this.#viewsOf(place).values()].sort((left, right) => (left.id < right.id ? -1 : 1));
  }

  async write(
    place: ViewPlace,
    view: StoredView,
    expectedVersion: string | undefined,
  ): Promise<'written' | 'lost'> {
    const views = this.#viewsOf(place);
    if (views.get(view.id)?.version !== expectedVersion) return 'lost';
    views.set(view.id, view);
    return 'written';
  }

  async remove(place: ViewPlace, id: string, expectedVersion: string): Promise<'removed' | 'lost'> {
    const views = this.#viewsOf(place);
    if (views.get(id)?.version !== expectedVersion) return 'lost';
    views.delete(id);
    return 'removed';
  }

  #viewsOf({ organizationId, userId }: ViewPlace): Map<string, StoredView> {
    const key = viewPartitionKey(organizationId, userId);
    const views = this.#partitions.get(key) ?? new Map<string, StoredView>();
    this.#partitions.set(key, views);
    return views;
  }
}
