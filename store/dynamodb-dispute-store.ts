// Stores disputes in DynamoDB, in the table of entries. Like entries, they are inserted and never changed.
import { BatchExecuteStatementCommand } from '@aws-sdk/lib-dynamodb';
import type { EntryHead, LogEntry } from '../core/entry/entry.ts';
import type { DisputedChunk, DisputeStore, OverflowStore, StoredDispute } from '../core/storage/ports.ts';
import type { ShardSource } from '../core/storage/shard-counts.ts';
import { addNonce } from './add-nonce.ts';
import { toStorableDispute } from './dispute-item.ts';
import { DynamoDbDetailReader } from './dynamodb-detail-reader.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import type { Item } from './entry-item.ts';
import { toInsertStatement } from './insert-statements.ts';
import { writeStates } from './overflow.ts';
import { duplicateItem, toCallError, toInsertError } from './statement-errors.ts';

export class DynamoDbDisputeStore implements DisputeStore {
  readonly #table: DynamoDbTable;
  readonly #shards: ShardSource;
  readonly #overflow: OverflowStore;
  readonly #details: DynamoDbDetailReader;

  constructor(table: DynamoDbTable, shards: ShardSource, overflow: OverflowStore) {
    this.#table = table;
    this.#shards = shards;
    this.#overflow = overflow;
    this.#details = new DynamoDbDetailReader(table, overflow);
  }

  list(organizationId: string, id: string): Promise<readonly StoredDispute[]> {
    return this.#details.disputes.list(organizationId, id);
  }

  findDisputed(organizationId: string, ids: readonly string[]): Promise<DisputedChunk> {
    return this.#details.disputes.findDisputed(organizationId, ids);
  }

  async insert(entry: EntryHead, event: LogEntry, slot: number): Promise<'inserted' | 'exists'> {
    const { item, object } = toStorableDispute(entry, event, slot, this.#shards);
    if (object !== undefined) await writeStates(this.#overflow, object);
    const code = await this.#insertItem(addNonce(item));
    if (code === undefined) return 'inserted';
    if (code === duplicateItem) return 'exists';
    throw toInsertError(code);
  }

  /** Returns the code of the statement's error, or `undefined` if the item was inserted. */
  async #insertItem(item: Item): Promise<string | undefined> {
    const { client, tableName } = this.#table;
    try {
      const { Responses } = await client.send(
        new BatchExecuteStatementCommand({ Statements: [toInsertStatement(tableName, item)] }),
      );
      const [response] = Responses ?? [];
      if (response === undefined) return 'Unknown';
      return response.Error === undefined ? undefined : (response.Error.Code ?? 'Unknown');
    } catch (error) {
      throw toCallError(error);
    }
  }
}
