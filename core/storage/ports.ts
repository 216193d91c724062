// Defines the interfaces of the stores and queues that the core uses. The adapters are in store/.
import type { EntryHead, ListItem, LogEntry } from '../entry/entry.ts';
import type { DirectoryField } from './keys.ts';
import type { ShardStep } from './shard-counts.ts';
import type { IndexKey } from './table-attributes.ts';

/** A stored entry. Its head is enough to check access, so the states are read only on demand. */
export interface StoredEntry {
  readonly head: EntryHead;
  /** Whether the states are stored outside the item, so that `readFull` reads an object. */
  readonly hasObject?: boolean;
  /** What the leaf of the entry is computed from, in addition to the entry. Stores of tests can leave it out. */
  readonly commitment?: {
    /** Empty for entries that were recorded before entries had a nonce. */
    readonly nonce: Uint8Array;
    readonly statesObject?: { readonly sha256: string; readonly bytes: number } | undefined;
  };
  /**
   * Returns the entry with its states. Fails with STATES_UNREADABLE if they are stored outside the item and are
   * missing or differ from what was recorded.
   */
  readFull(): Promise<LogEntry>;
}

/** The outcome of one entry of an insert. */
export type InsertOutcome =
  | { readonly status: 'recorded' }
  /** An entry with this identity already exists and was not changed. */
  | { readonly status: 'exists'; readonly stored: StoredEntry }
  /** The insert failed or its result is unknown. Inserting again is safe. */
  | { readonly status: 'failed'; readonly error: unknown };

/** Options of an insert. */
export interface InsertOptions {
  /**
   * Throttled inserts are retried until this time, in epoch milliseconds.
   * @default now: one attempt for each entry
   */
  readonly retryUntilMillis?: number | undefined;
}

/** A range of one index partition to read. */
export interface IndexRead {
  readonly index: IndexKey;
  readonly partitionKey: string;
  /** Bounds of the sort key, both inclusive. */
  readonly lowestId: string;
  readonly highestId: string;
  readonly order: 'asc' | 'desc';
  /** The maximum number of items. The store can stop earlier (1 MB in DynamoDB). */
  readonly limit: number;
}

/** The result of one read of an index partition. */
export interface IndexChunk {
  readonly items: readonly ListItem[];
  /** The last ID that was read, or `undefined` if the range was read to its end. */
  readonly readThroughId: string | undefined;
  /** Read units consumed. */
  readonly readUnits: number;
}

/** Reads index partitions, which is all a search needs. Fails with STORE_UNAVAILABLE. */
export interface IndexReader {
  readIndex(read: IndexRead): Promise<IndexChunk>;
}

/** An event that conflicts with an entry and is stored next to it. */
export interface StoredDispute {
  readonly slot: number;
  /** The disputing event as an entry. Absent if the item is malformed, which the recorder never writes. */
  readonly event?: StoredEntry;
}

/** Complete entries, by ID. */
export interface DetailChunk {
  /** Contains only the IDs that exist. */
  readonly entries: ReadonlyMap<string, StoredEntry>;
  /** The IDs of entries that exist but whose items are malformed. Absent if there are none. */
  readonly unreadable?: ReadonlySet<string>;
  /** Read units consumed. */
  readonly readUnits: number;
}

/** Reads complete entries by their IDs, which costs more than the list view: half a read unit for each 4 KB. */
export interface DetailReader {
  /**
   * Returns the entries with these IDs. Reads are eventually consistent, and consistent for an ID that they do not
   * find. Fails with STORE_UNAVAILABLE.
   */
  getDetails(organizationId: string, ids: readonly string[]): Promise<DetailChunk>;
}

/** The entries that have disputes. */
export interface DisputedChunk {
  readonly ids: ReadonlySet<string>;
  /** Read units consumed. */
  readonly readUnits: number;
}

/** Stores disputes, which never change and are kept as long as the entry. Fails with STORE_UNAVAILABLE. */
export interface DisputeStore {
  /** Returns the disputes of an entry in order of slot, with consistent reads. Costs one read if there are none. */
  list(organizationId: string, id: string): Promise<readonly StoredDispute[]>;
  /**
   * Returns which of these entries have disputes. Reads are eventually consistent: a dispute of the last second can be
   * missing. Costs half a read unit for each entry.
   */
  findDisputed(organizationId: string, ids: readonly string[]): Promise<DisputedChunk>;
  /** Inserts the dispute unless its slot is taken. Fails with STORE_REFUSED if the store rejects it permanently. */
  insert(entry: EntryHead, event: LogEntry, slot: number): Promise<'inserted' | 'exists'>;
}

/** Stores entries, which never change. Reads fail with STORE_UNAVAILABLE when the store throttles or is unreachable. */
export interface EntryStore extends IndexReader, DetailReader {
  readonly disputes: DisputeStore;
  /**
   * Inserts each entry unless its identity exists, and returns the outcomes in the same order. Never throws because
   * of an entry. Entries with the same identity are inserted in order, so the first one wins. An outcome fails with
   * STORE_UNAVAILABLE if the store throttles or is unreachable, with STORE_REFUSED if it rejects the insert
   * permanently (a missing permission or table), and with STATES_UNREADABLE if the object for states that do not fit
   * in the item contains other bytes.
   */
  insert(entries: readonly LogEntry[], options?: InsertOptions): Promise<readonly InsertOutcome[]>;
  /** Returns the entry with this ID in this organization, with a consistent read. */
  get(organizationId: string, id: string): Promise<StoredEntry | undefined>;
  /** Returns the entry with the same identity as this ID, regardless of its time, with a consistent read. */
  findSameIdentity(organizationId: string, id: string): Promise<StoredEntry | undefined>;
}

/** A value that occurs in entries, and the search term for it. */
export interface DirectoryRow {
  readonly field: DirectoryField;
  /** The account in which the value occurs. Absent for accounts and Regions, and for targets. */
  readonly accountId?: string | undefined;
  readonly term: string;
  readonly value: string;
  /** For users: the name and email address, and the time of the event that reported them. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly seenAtMillis?: number | undefined;
}

/** Called with the read units that a read consumed. */
export type Meter = (readUnits: number) => void;

/** A range of one account's users or resources, sorted by the folded term. */
export interface DirectoryRead {
  readonly field: Exclude<DirectoryField, 'accountRegions' | 'targets'>;
  readonly accountId: string;
  /** Returns only terms with this prefix (`hasPrefix`). An empty prefix matches all. */
  readonly prefix: string;
  /** The maximum number of rows. The store can stop earlier. */
  readonly limit: number;
  /** Returns only rows after this position, which does not have to be the position of a row. */
  readonly after?: string | undefined;
  /** Whether to use a consistent read, which costs twice as much. */
  readonly isConsistent: boolean;
  readonly meter?: Meter | undefined;
}

/** A directory row and its position in the sort order. */
export interface FoundRow extends DirectoryRow {
  /** The same in every account for the same term and value. */
  readonly position: string;
}

/** The result of one read of the directory. */
export interface DirectoryPage {
  readonly rows: readonly FoundRow[];
  /** The position of the last row that was read, or `undefined` if the range was read to its end. */
  readonly next: string | undefined;
}

/** An account and a Region in which entries occurred. */
export interface AccountRegion {
  readonly accountId: string;
  readonly region: string;
}

/** Writes the directory: the values that occur in entries, for suggestions and for filters that span partitions. */
export interface DirectoryWriter {
  /**
   * Returns the rows that `ensure` would write or replace, in the same order. A row that this writer has cached costs
   * nothing, any other row costs one read. Fails with STORE_UNAVAILABLE.
   */
  findMissing(organizationId: string, rows: readonly DirectoryRow[]): Promise<readonly DirectoryRow[]>;
  /**
   * Writes the missing rows in the given order within a field and account, so that when a row exists, those before it
   * exist too. An existing row costs at most one read and is replaced only by its `replacementOf`. Safe to repeat.
   * Fails with STORE_UNAVAILABLE.
   */
  ensure(organizationId: string, rows: readonly DirectoryRow[]): Promise<void>;
}

/** Reads the directory. */
export interface DirectoryReader {
  /** Returns all accounts and Regions of the organization, or one account's Regions, with a consistent read. */
  listAccountRegions(
    organizationId: string,
    accountId?: string,
    meter?: Meter,
  ): Promise<readonly AccountRegion[]>;
  listValues(organizationId: string, read: DirectoryRead): Promise<DirectoryPage>;
  /**
   * Returns the shard steps of the organization, at most `stepCacheMillis` old. Fails with STORE_UNAVAILABLE, because a
   * search without a step would miss entries.
   */
  listShardSteps(organizationId: string): Promise<readonly ShardStep[]>;
}

/** Finds the names of targets. */
export interface TargetReader {
  /**
   * Returns the rows of all targets with this ID, in every account, with a consistent read. A row is written before the
   * first entry that needs it, so none is missing for a visible entry. Fails with STORE_UNAVAILABLE.
   */
  listTargets(organizationId: string, targetId: string, meter?: Meter): Promise<readonly DirectoryRow[]>;
}

export interface Directory extends DirectoryWriter, DirectoryReader, TargetReader {}

/** Writes that recorders count together, for one value of an index in one minute. */
export interface WriteCount {
  readonly index: IndexKey;
  /** The value, as `indexValueKey` returns it. */
  readonly valueKey: string;
  /** Start of the minute, in epoch milliseconds. */
  readonly minuteMillis: number;
  readonly writes: number;
}

/** Stores shard steps, and the counts that lead to them. Fails with STORE_UNAVAILABLE. */
export interface ShardStepStore {
  /** Returns the organization's steps, with an eventually consistent read. */
  list(organizationId: string): Promise<readonly ShardStep[]>;
  /** Adds a step, unless the value already has a step with this count, which is never changed. Safe to repeat. */
  add(organizationId: string, step: ShardStep): Promise<'added' | 'exists'>;
  /**
   * Adds writes to the count of a minute and returns its new total. Returns only the given writes if a later minute is
   * already counted. A repeated call counts twice.
   */
  countWrites(organizationId: string, count: WriteCount): Promise<number>;
}

/**
 * Stores the states of entries that do not fit in an item. An object is written before the item that refers to it and
 * is never replaced; an object without an item is harmless. Fails with STORE_UNAVAILABLE when the store is
 * unreachable.
 */
export interface OverflowStore {
  /** Writes the bytes unless the key already exists. */
  put(key: string, bytes: Uint8Array): Promise<'written' | 'exists'>;
  /** Returns the bytes, or `undefined` if the key does not exist. Fails with STATES_UNREADABLE if access is denied. */
  get(key: string): Promise<Uint8Array | undefined>;
}

/** A saved view as it is stored, without its place. */
export interface StoredView {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly search: string;
  readonly columns?: readonly string[] | undefined;
  readonly ownerId: string;
  readonly updatedAt: string;
}

/** Where a view is: among the private views of a user, or, without a user, among those of the organization. */
export interface ViewPlace {
  readonly organizationId: string;
  readonly userId?: string | undefined;
}

/** Stores saved views. Fails with STORE_UNAVAILABLE. */
export interface ViewStore {
  /** Returns all views of a place, as of the last write. */
  list(place: ViewPlace): Promise<readonly StoredView[]>;
  /**
   * Writes a view at its ID if the stored view has this version, or if there is none and the version is `undefined`.
   * Otherwise, writes nothing and returns `lost`.
   */
  write(place: ViewPlace, view: StoredView, expectedVersion: string | undefined): Promise<'written' | 'lost'>;
  /** Removes a view if it has this version. Otherwise, removes nothing and returns `lost`. */
  remove(place: ViewPlace, id: string, expectedVersion: string): Promise<'removed' | 'lost'>;
}

/** A queue for events that are not recorded. */
export interface SideQueue {
  /** Resolves when the queue has accepted the message. */
  send(body: string, attributes: Readonly<Record<string, string>>): Promise<void>;
}
