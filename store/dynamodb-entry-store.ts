// Entries in DynamoDB. The PartiQL INSERT is the only operation that creates an entry. Nothing here puts,
// updates or deletes an item.
import type { BatchStatementResponse } from '@aws-sdk/client-dynamodb';
import { BatchExecuteStatementCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LogEntry } from '../core/entry/entry.ts';
import { entryKey } from '../core/storage/keys.ts';
import type {
  DetailChunk,
  EntryStore,
  IndexChunk,
  IndexRead,
  InsertOptions,
  InsertOutcome,
  OverflowStore,
  StoredEntry,
} from '../core/storage/ports.ts';
import type { ShardSource } from '../core/storage/shard-counts.ts';
import { entryAttributes } from '../core/storage/table-attributes.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import { addNonce } from './add-nonce.ts';
import { DynamoDbDetailReader } from './dynamodb-detail-reader.ts';
import { DynamoDbDisputeStore } from './dynamodb-dispute-store.ts';
import { DynamoDbIndexReader } from './dynamodb-index-reader.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { type Item, toStorable, toStoredEntry } from './entry-item.ts';
import { type Insertable, planInsertCalls, toInsertStatement } from './insert-statements.ts';
import { type OverflowObject, writeStates } from './overflow.ts';
import { readItem } from './read-item.ts';
import { runConcurrently } from './run-concurrently.ts';
import { duplicateItem, toCallError, toInsertError } from './statement-errors.ts';

/** Maximum bytes of an item in addition to its detail: keys, id and list view. */
const restBytes = 8_192;

/** Maximum concurrent calls of one wave. */
const maxConcurrentCalls = 4;

/** Backoff between attempts: full jitter with a limit that doubles. */
const firstBackoffMillis = 100;
const maxBackoffMillis = 3_000;

/** An entry to insert, with its outcome. */
interface Insert extends Insertable {
  readonly entry: LogEntry;
  readonly item: Item;
  readonly object: OverflowObject | undefined;
  outcome: InsertOutcome | undefined;
}

/** The outcome of a statement without a response from the store. */
const unanswered: InsertOutcome = {
  status: 'failed',
  error: new RequestLogsError(
    errorCodes.storeUnavailable,
    'the store did not respond for this entry; try again',
  ),
};

function isUnavailable(error: unknown): boolean {
  return error instanceof RequestLogsError && error.code === errorCodes.storeUnavailable;
}

/** Clock and randomness, which tests replace. */
export interface StoreClock {
  readonly now: () => number;
  readonly pause: (millis: number) => Promise<void>;
  /** At least 0 and less than 1. */
  readonly random: () => number;
}

const systemClock: StoreClock = {
  now: Date.now,
  pause: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
  random: Math.random,
};

export interface DynamoDbEntryStoreOptions extends DynamoDbTable {
  /** @default the system clock and Math.random */
  readonly clock?: StoreClock;
  /** Shard counts for new entries. Readers get the shard from the partition key. */
  readonly shards: ShardSource;
  /**
   * Where states are stored that do not fit an item. Required to insert such an entry and to read it in full.
   * @default none, for callers that only read indexes: both operations fail with INVALID_CONFIGURATION
   */
  readonly overflow?: OverflowStore;
}

const { pk, detail } = entryAttributes;

export class DynamoDbEntryStore implements EntryStore {
  readonly disputes: DynamoDbDisputeStore;
  readonly #indexes: DynamoDbIndexReader;
  readonly #details: DynamoDbDetailReader;
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;
  readonly #shards: ShardSource;
  readonly #overflow: OverflowStore;
  readonly #now: StoreClock['now'];
  readonly #pause: StoreClock['pause'];
  readonly #random: StoreClock['random'];

  constructor({
    client,
    tableName,
    shards,
    overflow = noOverflow,
    clock = systemClock,
  }: DynamoDbEntryStoreOptions) {
    this.#client = client;
    this.#tableName = tableName;
    this.#shards = shards;
    this.#overflow = overflow;
    this.disputes = new DynamoDbDisputeStore({ client, tableName }, shards, overflow);
    this.#indexes = new DynamoDbIndexReader({ client, tableName });
    this.#details = new DynamoDbDetailReader({ client, tableName }, overflow);
    this.#now = clock.now;
    this.#pause = clock.pause;
    this.#random = clock.random;
  }

  async insert(
    entries: readonly LogEntry[],
    { retryUntilMillis = 0 }: InsertOptions = {},
  ): Promise<readonly InsertOutcome[]> {
    const inserts = entries.map((entry) => this.#toInsert(entry));
    await Promise.all(
      inserts.filter(({ object }) => object !== undefined).map((insert) => this.#writeObject(insert)),
    );
    const open = inserts.filter(({ outcome }) => outcome === undefined);
    for (const calls of planInsertCalls(open)) {
      await runConcurrently(calls, maxConcurrentCalls, (call) => this.#insertUntil(call, retryUntilMillis));
    }
    return inserts.map(({ outcome }) => outcome ?? unanswered);
  }

  #toInsert(entry: LogEntry): Insert {
    const { item, object } = toStorable(entry, this.#shards);
    const { byteLength } = item[detail] as Uint8Array;
    return {
      entry,
      item: addNonce(item),
      object,
      key: String(item[pk]),
      bytes: byteLength + restBytes,
      outcome: undefined,
    };
  }

  /**
   * Writes states that do not fit the item. Reads first, so that a resend or a conflict leaves no orphaned
   * object.
   */
  async #writeObject(insert: Insert): Promise<void> {
    const { entry, object } = insert;
    try {
      const stored = await this.#read(entry.organizationId, entry.id);
      if (stored) insert.outcome = { status: 'exists', stored };
      else if (object) await writeStates(this.#overflow, object);
    } catch (error) {
      insert.outcome = { status: 'failed', error };
    }
  }

  /** Sends the call, then retries transient failures with full jitter while there is time for another attempt. */
  async #insertUntil(call: readonly Insert[], retryUntilMillis: number): Promise<void> {
    let open = call;
    for (let attempt = 0; ; attempt++) {
      await this.#insertOnce(open);
      open = open.filter(({ outcome }) => outcome?.status === 'failed' && isUnavailable(outcome.error));
      const waitMillis = this.#random() * Math.min(maxBackoffMillis, firstBackoffMillis * 2 ** attempt);
      if (open.length === 0 || this.#now() + waitMillis >= retryUntilMillis) return;
      await this.#pause(waitMillis);
    }
  }

  async #insertOnce(call: readonly Insert[]): Promise<void> {
    let responses: readonly BatchStatementResponse[];
    try {
      const { Responses = [] } = await this.#client.send(
        new BatchExecuteStatementCommand({
          Statements: call.map(({ item }) => toInsertStatement(this.#tableName, item)),
        }),
      );
      responses = Responses;
    } catch (error) {
      for (const insert of call) insert.outcome = { status: 'failed', error: toCallError(error) };
      return;
    }
    await Promise.all(
      call.map(async (insert, index) => {
        insert.outcome = await this.#outcomeOf(insert.entry, responses[index]);
      }),
    );
  }

  /** Only a response without an error counts as success, and only DuplicateItem as a duplicate. */
  async #outcomeOf(entry: LogEntry, response: BatchStatementResponse | undefined): Promise<InsertOutcome> {
    if (response === undefined) return unanswered;
    const code = response.Error === undefined ? undefined : (response.Error.Code ?? 'Unknown');
    if (code === undefined) return { status: 'recorded' };
    if (code !== duplicateItem) return { status: 'failed', error: toInsertError(code) };
    try {
      const stored = await this.#read(entry.organizationId, entry.id);
      if (stored) return { status: 'exists', stored };
    } catch (error) {
      return { status: 'failed', error };
    }
    // The entry expired between the two calls. The next attempt records the event.
    const error = new RequestLogsError(
      errorCodes.storeUnavailable,
      'the stored entry has just expired; try again',
    );
    return { status: 'failed', error };
  }

  findSameIdentity(organizationId: string, entryId: string): Promise<StoredEntry | undefined> {
    return this.#read(organizationId, entryId);
  }

  async get(organizationId: string, entryId: string): Promise<StoredEntry | undefined> {
    const stored = await this.#read(organizationId, entryId);
    return stored?.head.id === entryId ? stored : undefined;
  }

  getDetails(organizationId: string, ids: readonly string[]): Promise<DetailChunk> {
    return this.#details.getDetails(organizationId, ids);
  }

  async #read(organizationId: string, entryId: string): Promise<StoredEntry | undefined> {
    const table = { client: this.#client, tableName: this.#tableName };
    const item = await readItem(table, entryKey(organizationId, entryId));
    return item && toStoredEntry(organizationId, item, this.#overflow);
  }

  readIndex(read: IndexRead): Promise<IndexChunk> {
    return this.#indexes.readIndex(read);
  }
}

const refuseOverflow = async (): Promise<never> => {
  throw new RequestLogsError(
    errorCodes.invalidConfiguration,
    'overflow must be set to insert, or to read in full, an entry whose states do not fit an item',
    { field: 'overflow' },
  );
};

const noOverflow: OverflowStore = { put: refuseOverflow, get: refuseOverflow };
