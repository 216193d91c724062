// Stores disputes in DynamoDB, in the table of entries. Like entries, they are inserted and never changed.
import { BatchExecuteStatementCommand } from '@aws-sdk/lib-dynamodb';
import type { EntryHead, LogEntry } from '../core/entry/entry.ts';
import type { DisputeStore, OverflowStore, StoredDispute } from '../core/storage/ports.ts';
import type { IndexShards } from '../core/storage/shards.ts';
import { toStorableDispute } from './dispute-item.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import type { Item } from './entry-item.ts';
import { toInsertStatement } from './insert-statements.ts';
import { writeStates } from './overflow.ts';
import { readDisputes } from './read-disputes.ts';
import { readItem } from './read-item.ts';
import { duplicateItem, toCallError, toInsertError } from './statement-errors.ts';

export class DynamoDbDisputeStore implements DisputeStore {
  readonly #table: DynamoDbTable;
  readonly #shards: IndexShards;
  readonly #overflow: OverflowStore;

  constructor(table: DynamoDbTable, shards: IndexShards, overflow: OverflowStore) {
    this.#table = table;
    this.#shards = shards;
    this.#overflow = overflow;
  }

  list(organizationId: string, entryId: string): Promise<readonly StoredDispute[]> {
    return readDisputes(organizationId, entryId, this.#overflow, (key) => readItem(this.#table, key));
  }

  async insert(entry: EntryHead, event: LogEntry, slot: number): Promise<'inserted' | 'exists'> {
    const { item, object } = toStorableDispute(entry, event, slot, this.#shards);
    if (object !== undefined) await writeStates(this.#overflow, object);
    const code = await this.#insertItem(item);
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
