// The directory in DynamoDB. Rows are written once; what this process has seen written it does not ask for again,
// so that the cost per event vanishes with traffic.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { omitUndefined } from '../core/json.ts';
import { directoryPartitionKey, directorySortKey } from '../core/keys.ts';
import { directoryAttributes } from '../core/names.ts';
import type { Directory, DirectoryRow } from '../core/ports.ts';
import { asStoreError } from './unavailable.ts';

/** Rows remembered as written; about 100 bytes each. */
const maxRemembered = 50_000;

const { pk, sk, term, value, name } = directoryAttributes;

const rowSchema = z.object({ [term]: z.string(), [value]: z.string() });

export class DynamoDbDirectory implements Directory {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;
  readonly #written = new Set<string>();

  constructor({
    client,
    tableName,
  }: { readonly client: DynamoDBDocumentClient; readonly tableName: string }) {
    this.#client = client;
    this.#tableName = tableName;
  }

  async ensure(organizationId: string, rows: readonly DirectoryRow[]): Promise<void> {
    await Promise.all(
      rows.map(async (row) => {
        const key = {
          [pk]: directoryPartitionKey(organizationId, row.field, row.accountId),
          [sk]: directorySortKey(row.term, row.value),
        };
        const memory = JSON.stringify([key[pk], key[sk]]);
        if (this.#written.has(memory)) return;
        if (!(await this.#isThere(key))) await this.#write(key, row);
        if (this.#written.size >= maxRemembered) this.#written.clear();
        this.#written.add(memory);
      }),
    );
  }

  /** A read costs half a unit, a put that fails a whole one at five times the price. */
  async #isThere(key: Record<string, string>): Promise<boolean> {
    try {
      const { Item } = await this.#client.send(
        new GetCommand({
          TableName: this.#tableName,
          Key: key,
          ProjectionExpression: '#pk',
          ExpressionAttributeNames: { '#pk': pk },
        }),
      );
      return Item !== undefined;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async #write(key: Record<string, string>, row: DirectoryRow): Promise<void> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#tableName,
          Item: omitUndefined({ ...key, [term]: row.term, [value]: row.value, [name]: row.name }),
          ConditionExpression: 'attribute_not_exists(#pk)',
          ExpressionAttributeNames: { '#pk': pk },
        }),
      );
    } catch (error) {
      // Another recorder was first.
      if (!(error instanceof ConditionalCheckFailedException)) throw asStoreError(error);
    }
  }

  async listAccountRegions(organizationId: string, accountId?: string) {
    const pairs: { accountId: string; region: string }[] = [];
    try {
      const pages = paginateQuery(
        { client: this.#client },
        {
          TableName: this.#tableName,
          KeyConditionExpression: '#pk = :partition',
          ExpressionAttributeNames: { '#pk': pk },
          ExpressionAttributeValues: {
            ':partition': directoryPartitionKey(organizationId, 'accountRegions', accountId),
          },
          // An entry that can be seen must be found: its row was written before it.
          ConsistentRead: true,
        },
      );
      for await (const { Items } of pages) {
        for (const item of Items ?? []) {
          const row = rowSchema.parse(item);
          pairs.push({ accountId: row[term], region: row[value] });
        }
      }
      return pairs;
    } catch (error) {
      throw asStoreError(error);
    }
  }
}
