// Lists, creates, changes, and deletes saved views within the rights of a caller. Every view is in the caller's own
// organization: among the caller's private views, or among the shared ones.
import { randomUUID } from 'node:crypto';
import { type Caller, requireAllAccounts, requirePermission } from '../access/caller.ts';
import { findGrant, type RoleMap } from '../access/role-map.ts';
import { readPermissions } from '../contract/vocabulary.ts';
import type { StoredView, ViewPlace, ViewStore } from '../storage/ports.ts';
import { errorCodes, invalidParameter, RequestLogsError } from '../values/errors.ts';
import { foldTerm } from '../values/folded-text.ts';
import {
  maxPrivateViews,
  maxSharedViews,
  type NewView,
  type SavedView,
  type ViewChange,
  type ViewList,
} from './saved-view.ts';

/** How often a new view looks for a free slot that another request does not take at the same time. */
const maxAttempts = 5;

export interface SavedViewsOptions {
  readonly store: ViewStore;
  readonly roleMap: RoleMap;
  /** @default the system clock, epoch milliseconds */
  readonly now?: () => number;
}

/** The saved views of all organizations. */
export class SavedViews {
  readonly #store: ViewStore;
  readonly #roleMap: RoleMap;
  readonly #now: () => number;

  constructor({ store, roleMap, now = Date.now }: SavedViewsOptions) {
    this.#store = store;
    this.#roleMap = roleMap;
    this.#now = now;
  }

  /**
   * Returns the caller's private views and the shared ones, sorted by name. A caller limited to AWS accounts sees no shared
   * views, because their filters can name what is in other accounts.
   */
  async list(caller: Caller): Promise<ViewList> {
    const places = [
      placeOf(caller, false),
      ...(caller.accounts === undefined ? [placeOf(caller, true)] : []),
    ];
    const lists = await Promise.all(
      places.map(async (place) => {
        const stored = await this.#store.list(place);
        return stored.map((view) => this.#toSavedView(view, caller));
      }),
    );
    const views = lists
      .flat()
      .sort((left, right) => compare(left.name, right.name) || compare(left.id, right.id));
    return { views, canShare: this.#canShare(caller) };
  }

  /**
   * Creates a view. Fails with FORBIDDEN if the caller cannot share, with VIEW_NAME_TAKEN, or with VIEW_LIMIT_REACHED. A
   * retry after an unknown outcome fails with VIEW_NAME_TAKEN if the view was created.
   */
  async create(caller: Caller, { shared, ...view }: NewView): Promise<SavedView> {
    if (shared) this.#requireShare(caller);
    const place = placeOf(caller, shared);
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const stored = await this.#store.list(place);
      requireFreeName(stored, view.name, shared);
      const id = findFreeId(stored, shared);
      const next = this.#toStored(id, caller.userId, view);
      if ((await this.#store.write(place, next, undefined)) === 'written')
        return this.#toSavedView(next, caller);
    }
    throw new RequestLogsError(errorCodes.storeUnavailable, 'other views are being created; try again');
  }

  /** Changes a view. Fails with FORBIDDEN, NOT_FOUND, VIEW_NAME_TAKEN, or, if the version is not current, VIEW_CHANGED. */
  async change(caller: Caller, id: string, { version, ...view }: ViewChange): Promise<SavedView> {
    const { place, isShared } = this.#findPlace(caller, id);
    const stored = await this.#store.list(place);
    const current = requireCurrent(stored, id, version);
    requireFreeName(
      stored.filter((other) => other.id !== id),
      view.name,
      isShared,
    );
    const next = this.#toStored(id, current.ownerId, view);
    if ((await this.#store.write(place, next, version)) === 'lost') throw changed();
    return this.#toSavedView(next, caller);
  }

  /** Deletes a view. Fails with FORBIDDEN, NOT_FOUND, or, if the version is not current, VIEW_CHANGED. */
  async remove(caller: Caller, id: string, version: string): Promise<void> {
    const { place } = this.#findPlace(caller, id);
    requireCurrent(await this.#store.list(place), id, version);
    if ((await this.#store.remove(place, id, version)) === 'lost') throw changed();
  }

  /** Returns where a view that the caller can change is. */
  #findPlace(caller: Caller, id: string): { readonly place: ViewPlace; readonly isShared: boolean } {
    if (!/^[ps]\d{2,3}$/.test(id)) throw invalidParameter('viewId', 'must be the ID of a view, such as p07');
    const isShared = isSharedId(id);
    if (isShared) this.#requireShare(caller);
    return { place: placeOf(caller, isShared), isShared };
  }

  #requireShare(caller: Caller): void {
    requirePermission(caller, this.#roleMap, readPermissions.share);
    requireAllAccounts(caller);
  }

  #canShare({ role, accounts }: Caller): boolean {
    return accounts === undefined && findGrant(this.#roleMap, role, readPermissions.share) !== undefined;
  }

  #toStored(id: string, ownerId: string, { name, search, columns }: Omit<NewView, 'shared'>): StoredView {
    const updatedAt = new Date(this.#now()).toISOString();
    return { id, version: randomUUID(), name, search, ...(columns && { columns }), ownerId, updatedAt };
  }

  #toSavedView({ columns, ...view }: StoredView, caller: Caller): SavedView {
    const shared = isSharedId(view.id);
    return { ...view, ...(columns && { columns }), shared, canChange: !shared || this.#canShare(caller) };
  }
}

function placeOf({ organizationId, userId }: Caller, isShared: boolean): ViewPlace {
  return isShared ? { organizationId } : { organizationId, userId };
}

function isSharedId(id: string): boolean {
  return id.startsWith('s');
}

/** An ID is a slot of its place, so that the number of views cannot exceed the number of slots. */
function findFreeId(stored: readonly StoredView[], isShared: boolean): string {
  const max = isShared ? maxSharedViews : maxPrivateViews;
  const taken = new Set(stored.map(({ id }) => id));
  for (let slot = 0; slot < max; slot++) {
    const id = `${isShared ? 's' : 'p'}${String(slot).padStart(2, '0')}`;
    if (!taken.has(id)) return id;
  }
  const whose = isShared ? 'the organization shares' : 'you have';
  throw new RequestLogsError(errorCodes.viewLimitReached, `${whose} ${max} views, which is the maximum`);
}

function requireFreeName(others: readonly StoredView[], name: string, isShared: boolean): void {
  if (!others.some((other) => foldTerm(other.name) === foldTerm(name))) return;
  const whose = isShared ? 'another shared view' : 'another of your views';
  throw new RequestLogsError(errorCodes.viewNameTaken, `name is already used by ${whose}`, { field: 'name' });
}

function requireCurrent(stored: readonly StoredView[], id: string, version: string): StoredView {
  const current = stored.find((view) => view.id === id);
  if (current === undefined) throw new RequestLogsError(errorCodes.notFound, 'there is no view with this ID');
  if (current.version !== version) throw changed();
  return current;
}

function changed(): RequestLogsError {
  return new RequestLogsError(
    errorCodes.viewChanged,
    'the view was changed after this version; read it again',
    { field: 'version' },
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
