// What the core needs from outside: stores and queues. Adapters live in store/.
import type { ListItem, LogEntry } from './entry.ts';
import type { DirectoryField } from './keys.ts';
import type { IndexKey } from './names.ts';

export type PutOutcome =
  | { readonly status: 'recorded' }
  /** An entry of this identity is there already; it was not touched. */
  | { readonly status: 'exists'; readonly stored: LogEntry }
  /** The entry does not fit an item (400 KB) even compressed; nothing was written. */
  | { readonly status: 'too-large' };

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

/** Entries, never changed once written. Fails with STORE_UNAVAILABLE when throttled or out of reach. */
export interface EntryStore {
  /** Writes the entry unless its identity is taken: one conditional put, safe to repeat. */
  put(entry: LogEntry): Promise<PutOutcome>;
  /** The entry with this id in this organisation, read consistently. */
  get(organizationId: string, id: string): Promise<LogEntry | undefined>;
  readIndex(read: IndexRead): Promise<IndexChunk>;
}

/** One value that was seen, and the term it is found by. */
export interface DirectoryRow {
  readonly field: DirectoryField;
  /** Absent in the row of the whole organisation. */
  readonly accountId?: string | undefined;
  readonly term: string;
  readonly value: string;
  /** A person's or service's name, for users. */
  readonly name?: string | undefined;
}

/** Values seen, for suggestions and for filters that span several partitions. */
export interface Directory {
  /** Makes sure that the rows are there; a row that is there costs one read at most. */
  ensure(organizationId: string, rows: readonly DirectoryRow[]): Promise<void>;
  /** Every account and region seen in the organisation, or in one account of it. */
  listAccountRegions(
    organizationId: string,
    accountId?: string,
  ): Promise<readonly { readonly accountId: string; readonly region: string }[]>;
}

/** Where an event goes that is not recorded. */
export interface SideQueue {
  /** Resolves when the queue has taken the message. */
  send(body: string, attributes: Readonly<Record<string, string>>): Promise<void>;
}
