// Defines what the sealed log needs from storage, the signing key and the table's stream. The adapters are in store/.
import type { ColumnRow } from './column-rows.ts';

/** An object of the log bucket. */
export interface LogObject {
  readonly bytes: Uint8Array;
  /** Identifies these bytes for a conditional `replace`. */
  readonly etag: string;
}

/** How an object is stored. */
export interface LogObjectOptions {
  readonly contentType: string;
  /** Object Lock: the object version cannot be deleted before this time, in epoch milliseconds. Absent: no lock. */
  readonly lockUntilMillis?: number | undefined;
  /** Whether the object is temporary: a lifecycle rule removes it after seven days. */
  readonly isTemporary?: boolean | undefined;
}

/** One page of a listing, in ascending order of UTF-8 bytes. */
export interface LogObjectPage {
  readonly keys: readonly string[];
  /** Whether keys with the prefix follow after the last one. */
  readonly hasMore: boolean;
}

/**
 * Stores the objects of the sealed log with strong consistency. Fails with STORE_UNAVAILABLE when the store throttles
 * or is unreachable; a write whose result is unknown also fails, and can be repeated.
 */
export interface LogObjects {
  /** Returns the current version, or `undefined` if the key does not exist. */
  get(key: string): Promise<LogObject | undefined>;
  /** Creates the object (`If-None-Match: *`). Never changes an existing one. */
  putNew(key: string, bytes: Uint8Array, options: LogObjectOptions): Promise<'created' | 'exists'>;
  /** Replaces the object with this ETag (`If-Match`), or creates it if the ETag is `undefined`. */
  replace(
    key: string,
    bytes: Uint8Array,
    etag: string | undefined,
    options: LogObjectOptions,
  ): Promise<'replaced' | 'lost'>;
  /** Returns at most 1,000 keys with the prefix that are greater than `startAfter`. One request. */
  list(prefix: string, startAfter?: string): Promise<LogObjectPage>;
  /** Returns the names of all folders directly under a prefix that ends with `/`. One request for 1,000 folders. */
  listFolders(prefix: string): Promise<readonly string[]>;
  /** Removes a superseded partial tile or partial entry bundle. No other object is ever removed. */
  remove(key: string): Promise<void>;
}

/** Encodes rows as a file of columns, and reads such a file. */
export interface ColumnFileFormat {
  /** Returns the file. There is at least one row. */
  encode(rows: readonly ColumnRow[]): Uint8Array;
  /** Returns the rows of a file. Fails with LOG_CONTRADICTED if it is malformed. */
  decode(bytes: Uint8Array, key: string): Promise<readonly ColumnRow[]>;
}

/** The value of the sequencer item. */
export interface SequencerItem {
  /** JSON text, at most 300 KB. Only the sealer knows its format. */
  readonly value: string;
  /** Increases with every write. The first version is 1. */
  readonly version: number;
}

/**
 * Stores the one item that decides the order of the sealed log, with consistent reads and conditional writes. Fails
 * with STORE_UNAVAILABLE; a write whose result is unknown also fails.
 */
export interface SequencerStore {
  read(): Promise<SequencerItem | undefined>;
  /**
   * Writes the value with version `expectedVersion` + 1 if the item still has `expectedVersion`. 0 means that there is
   * no item. A write whose first answer was lost and that the adapter repeats returns 'lost', never 'written' twice.
   */
  write(value: string, expectedVersion: number): Promise<'written' | 'lost'>;
}

/** Signs checkpoints with Ed25519. Fails with STORE_UNAVAILABLE. */
export interface CheckpointSigner {
  /** Returns the raw public key, 32 bytes. */
  publicKey(): Promise<Uint8Array>;
  /** Returns the signature (RFC 8032, 64 bytes) of a message of at most 4,096 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** A shard of the stream. */
export interface StreamShard {
  readonly id: string;
  /** The shard that was split into this one. It can be missing from the listing when its records have expired. */
  readonly parentId?: string | undefined;
}

/** An item of the entries table as the document client returns it: binary attributes are `Uint8Array`. */
export type ItemImage = Readonly<Record<string, unknown>>;

/** A change of one item of the entries table. */
export interface StreamRecord {
  readonly kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** Whether DynamoDB removed the item because its TTL had passed, and not a caller. */
  readonly byTtl: boolean;
  readonly sequenceNumber: string;
  readonly newImage?: ItemImage | undefined;
  readonly oldImage?: ItemImage | undefined;
}

/** The result of reading a shard. */
export type StreamRead =
  | {
      readonly status: 'read';
      /** In the order of the shard. Can be empty although the shard has more. */
      readonly records: readonly StreamRecord[];
      /** The position after the last record: `after` of the next read. */
      readonly next: string;
      /** Whether no further record can follow, because the shard is closed and read to its end. */
      readonly isAtEnd: boolean;
      /** Whether the read reached the newest record that exists at the moment. */
      readonly isCaughtUp: boolean;
    }
  /** The position is older than the stream's retention of 24 hours, so records are missing. */
  | { readonly status: 'trimmed' };

/** Reads the stream of the entries table (new and old images). Fails with STORE_UNAVAILABLE. */
export interface EntryStream {
  /** Returns all shards, closed ones included. */
  listShards(): Promise<readonly StreamShard[]>;
  /** Reads after a sequence number, or from the oldest record with 'start'. Returns at most `limit` records. */
  read(shardId: string, after: string, limit: number): Promise<StreamRead>;
}

/** A page of the entries table, in any order that stays the same between pages. */
export interface ScanPage {
  readonly items: readonly ItemImage[];
  /** The position after this page: `after` of the next scan. `undefined` at the end of the table. */
  readonly next: string | undefined;
}

/**
 * Reads the whole entries table with consistent reads. The sealer scans it once when it starts on a table that already
 * has entries, and after records of the stream were lost. Fails with STORE_UNAVAILABLE.
 */
export interface EntryScan {
  scan(after: string | undefined, limit: number): Promise<ScanPage>;
}

/** What a witness answered, or why there is no answer. */
export type WitnessAnswer =
  | { readonly status: number; readonly body: string }
  | { readonly status: 'unreachable'; readonly reason: 'timeout' | 'no connection' | 'too long an answer' };

/** Sends checkpoints to witnesses: `POST <url>/add-checkpoint` of https://c2sp.org/tlog-witness. Never fails. */
export interface WitnessClient {
  addCheckpoint(url: string, body: string): Promise<WitnessAnswer>;
}
