// What the core needs from outside: stores and queues. Adapters live in store/.
import type { EntryHead, ListItem, LogEntry } from '../entry/entry.ts';
import type { DirectoryField } from './keys.ts';
import type { IndexKey } from './table-attributes.ts';

/** An entry that is stored: what it is can be told, and who may see it, before its states are read. */
export interface StoredEntry {
  readonly head: EntryHead;
  /**
   * The entry with its states. Fails with STATES_UNREADABLE when they lie outside the item and are not there, or are
   * not what was recorded.
   */
  readFull(): Promise<LogEntry>;
}

/** What became of one entry of an insert. */
export type InsertOutcome =
  | { readonly status: 'recorded' }
  /** An entry of this identity exists already; it was not touched. */
  | { readonly status: 'exists'; readonly stored: StoredEntry }
  /** Not inserted, or unknown whether it was. Inserting it again is safe. */
  | { readonly status: 'failed'; readonly error: unknown };

export interface InsertOptions {
  /**
   * Until when inserts that the store throttles are repeated, epoch milliseconds.
   * @default now: each entry is tried once
   */
  readonly retryUntilMillis?: number | undefined;
}

/** A stretch of one index partition to read. */
export interface IndexRead {
  readonly index: IndexKey;
  readonly partitionKey: string;
  /** Bounds of the sort key, both inclusive. */
  readonly lowestId: string;
  readonly highestId: string;
  readonly order: 'asc' | 'desc';
  /** Items to read at most; the store may stop earlier (1 MB in DynamoDB). */
  readonly limit: number;
}

export interface IndexChunk {
  readonly items: readonly ListItem[];
  /** The id up to which the stretch was read; `undefined` when it was read to its end. */
  readonly readThroughId: string | undefined;
  /** Read units consumed. */
  readonly readUnits: number;
}

/** Reads partitions of indexes: all that a search needs of a store. Fails with STORE_UNAVAILABLE. */
export interface IndexReader {
  readIndex(read: IndexRead): Promise<IndexChunk>;
}

/** Entries, never changed once written. Reads fail with STORE_UNAVAILABLE when throttled or out of reach. */
export interface EntryStore extends IndexReader {
  /**
   * Inserts each entry unless its identity is taken, and returns an outcome for each in the same order; it never throws for
   * an entry. Several entries of one identity are inserted in order: the first one wins. An outcome fails with
   * STORE_UNAVAILABLE when the store is throttled or out of reach, with STORE_REFUSED when it refuses the insert for good (a
   * missing permission or table), and with STATES_UNREADABLE when other bytes are in the place of states that do not fit
   * the item.
   */
  insert(entries: readonly LogEntry[], options?: InsertOptions): Promise<readonly InsertOutcome[]>;
  /** The entry with this id in this organization, read consistently. */
  get(organizationId: string, id: string): Promise<StoredEntry | undefined>;
  /** The entry with the identity of this id, whatever its time; read consistently. */
  findSameIdentity(organizationId: string, id: string): Promise<StoredEntry | undefined>;
}

/** One value that was seen, and the term it is found by. */
export interface DirectoryRow {
  readonly field: DirectoryField;
  /** Where it was seen; absent from accounts and regions, which are the organisation's. */
  readonly accountId?: string | undefined;
  readonly term: string;
  readonly value: string;
  /** Of users: name and e-mail address, as an event of this time told them. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly seenAtMillis?: number | undefined;
}

/** Told of read units that were spent. */
export type Meter = (readUnits: number) => void;

/** A stretch of one account's users or resources, sorted by the folded term. */
export interface DirectoryRead {
  readonly field: Exclude<DirectoryField, 'accountRegions'>;
  readonly accountId: string;
  /** Only terms that begin with it (`hasPrefix`); empty for all. */
  readonly prefix: string;
  /** Rows to read at most; the store may stop earlier. */
  readonly limit: number;
  /** Only rows behind this position, which need not be one that was given out. */
  readonly after?: string | undefined;
  /** Whether a row must be found that was written just before; costs twice as much. */
  readonly isConsistent: boolean;
  readonly meter?: Meter | undefined;
}

export interface FoundRow extends DirectoryRow {
  /** The same in every account for the same term and value. */
  readonly position: string;
}

export interface DirectoryPage {
  readonly rows: readonly FoundRow[];
  /** The position up to which the stretch was read; `undefined` when it was read to its end. */
  readonly next: string | undefined;
}

export interface AccountRegion {
  readonly accountId: string;
  readonly region: string;
}

/** Values seen, for suggestions and for filters that span several partitions: the recorder's side of it. */
export interface DirectoryWriter {
  /**
   * Those of the rows that `ensure` would write or replace, in the same order. A row that this writer knows to be stored
   * costs nothing; any other costs a read. Fails with STORE_UNAVAILABLE.
   */
  findMissing(organizationId: string, rows: readonly DirectoryRow[]): Promise<readonly DirectoryRow[]>;
  /**
   * Makes sure that the rows are there, in the order given within a field and account: when one is there, so are
   * those before it. A row that is there costs one read at most and is replaced only by its `replacementOf`. Safe to
   * repeat; fails with STORE_UNAVAILABLE.
   */
  ensure(organizationId: string, rows: readonly DirectoryRow[]): Promise<void>;
}

/** The queries' side of it. */
export interface DirectoryReader {
  /** Every account and region seen in the organisation, or one account and its regions; read consistently. */
  listAccountRegions(
    organizationId: string,
    accountId?: string,
    meter?: Meter,
  ): Promise<readonly AccountRegion[]>;
  listValues(organizationId: string, read: DirectoryRead): Promise<DirectoryPage>;
}

/** Both sides in one. */
export interface Directory extends DirectoryWriter, DirectoryReader {}

/**
 * Where the states of an entry lie that do not fit its item. An object is written before the item that refers to it
 * and never replaced; one that no item refers to is harmless. Fails with STORE_UNAVAILABLE when out of reach.
 */
export interface OverflowStore {
  /** Keeps the bytes unless there are some under this key already. */
  put(key: string, bytes: Uint8Array): Promise<'written' | 'exists'>;
  /** What lies under the key; `undefined` when nothing does. Fails with STATES_UNREADABLE when it may not be read. */
  get(key: string): Promise<Uint8Array | undefined>;
}

/** Where an event goes that is not recorded. */
export interface SideQueue {
  /** Resolves when the queue has taken the message. */
  send(body: string, attributes: Readonly<Record<string, string>>): Promise<void>;
}
