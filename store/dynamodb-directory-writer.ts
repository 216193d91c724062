// Writes the directory in DynamoDB. It remembers the rows that it has seen in the table and does not read them
// again, so the cost per event approaches zero as traffic grows.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { replacementOf } from '../core/directory/directory-rows.ts';
import type { DirectoryRow, DirectoryWriter } from '../core/storage/ports.ts';
import { directoryAttributes } from '../core/storage/table-attributes.ts';
import { type DirectoryKey, directoryKeyOf, fromDirectoryItem, toDirectoryItem } from './directory-item.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { asStoreError } from './unavailable.ts';

/** Maximum remembered rows, about 300 bytes each. */
const maxRemembered = 50_000;

const { pk, sk, seenAt } = directoryAttributes;

export class DynamoDbDirectoryWriter implements DirectoryWriter {
  readonly #table: DynamoDbTable;
  readonly #written = new Map<string, DirectoryRow>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #reads = new Map<string, Promise<DirectoryRow | undefined>>();

  constructor(table: DynamoDbTable) {
    this.#table = table;
  }

  async findMissing(organizationId: string, rows: readonly DirectoryRow[]): Promise<readonly DirectoryRow[]> {
    const unknown = rows.filter((row) => !this.#isWritten(directoryKeyOf(organizationId, row), row));
    if (unknown.length === 0) return [];
    const isMissing = await Promise.all(unknown.map((row) => this.#isMissing(organizationId, row)));
    return unknown.filter((_, index) => isMissing[index]);
  }

  async #isMissing(organizationId: string, row: DirectoryRow): Promise<boolean> {
    const key = directoryKeyOf(organizationId, row);
    const id = idOf(key);
    if (!this.#written.has(id)) {
      const stored = await this.#readShared(id, key, row);
      if (stored === undefined) return true;
      if (!this.#written.has(id)) this.#remember(id, stored);
    }
    return !this.#isWritten(key, row);
  }

  /** Messages of one batch often need the same row, so they share one read. */
  #readShared(id: string, key: DirectoryKey, row: DirectoryRow): Promise<DirectoryRow | undefined> {
    const reading = this.#reads.get(id) ?? this.#read(key, row, false).finally(() => this.#reads.delete(id));
    this.#reads.set(id, reading);
    return reading;
  }

  async ensure(organizationId: string, rows: readonly DirectoryRow[]): Promise<void> {
    const partitions = new Map<string, Promise<void>>();
    for (const row of rows) {
      const key = directoryKeyOf(organizationId, row);
      if (this.#isWritten(key, row)) continue;
      const before = partitions.get(key[pk]) ?? Promise.resolve();
      partitions.set(
        key[pk],
        before.then(() => this.#ensureRow(key, row)),
      );
    }
    await Promise.all(partitions.values());
  }

  #isWritten(key: DirectoryKey, row: DirectoryRow): boolean {
    const written = this.#written.get(idOf(key));
    return written !== undefined && replacementOf(written, row) === undefined;
  }

  /** Messages of one batch often need the same row: the first writes it and the others wait. */
  async #ensureRow(key: DirectoryKey, row: DirectoryRow): Promise<void> {
    if (this.#isWritten(key, row)) return;
    const id = idOf(key);
    const written = this.#written.get(id);
    const underWay =
      this.#underWay.get(id) ??
      this.#writeRow(key, row, written)
        .then((stored) => this.#remember(id, stored))
        .finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, underWay);
    await underWay;
  }

  #remember(id: string, row: DirectoryRow): void {
    if (this.#written.size >= maxRemembered) this.#written.clear();
    this.#written.set(id, row);
  }

  /**
   * Writes the row and returns the row that is stored afterwards. Reads first, because a read costs half a unit
   * and a failed conditional put a full unit at five times the price.
   */
  async #writeRow(
    key: DirectoryKey,
    row: DirectoryRow,
    written: DirectoryRow | undefined,
  ): Promise<DirectoryRow> {
    const stored = written ?? (await this.#read(key, row, false));
    const wanted = stored === undefined ? row : replacementOf(stored, row);
    if (stored !== undefined && wanted === undefined) return stored;
    if (wanted !== undefined && (await this.#put(key, wanted, stored))) return wanted;
    // Another recorder wrote first. Its row can be older than this one. The next event will correct it.
    return (await this.#read(key, row, true)) ?? row;
  }

  async #read(
    key: DirectoryKey,
    row: DirectoryRow,
    isConsistent: boolean,
  ): Promise<DirectoryRow | undefined> {
    try {
      const { Item } = await this.#table.client.send(
        new GetCommand({ TableName: this.#table.tableName, Key: key, ConsistentRead: isConsistent }),
      );
      return Item === undefined ? undefined : fromDirectoryItem(Item, row);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** Puts the row if the stored row is still `stored`. Returns whether it did. */
  async #put(key: DirectoryKey, row: DirectoryRow, stored: DirectoryRow | undefined): Promise<boolean> {
    try {
      await this.#table.client.send(
        new PutCommand({
          TableName: this.#table.tableName,
          Item: toDirectoryItem(key, row),
          ...(stored === undefined
            ? { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': pk } }
            : {
                ConditionExpression: '#seenAt = :seenAt',
                ExpressionAttributeNames: { '#seenAt': seenAt },
                ExpressionAttributeValues: { ':seenAt': stored.seenAtMillis },
              }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw asStoreError(error);
    }
  }
}

/** Returns a text that identifies the key. A partition key contains no line break. */
function idOf(key: DirectoryKey): string {
  return `${key[pk]}\n${key[sk]}`;
}
