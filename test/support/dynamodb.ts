// Creates tables like those of the stack in any DynamoDB endpoint.
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { fixedShards } from '../../core/storage/shard-counts.ts';
import { indexKeys } from '../../core/storage/shards.ts';
import {
  directoryAttributes,
  entryAttributes,
  indexNames,
  indexPartitionAttributes,
} from '../../core/storage/table-attributes.ts';
import { DynamoDbDetailReader } from '../../store/dynamodb-detail-reader.ts';
import { DynamoDbEntryStore } from '../../store/dynamodb-entry-store.ts';
import { MemoryOverflowStore } from '../../store/memory-overflow-store.ts';
import { directoryIn } from './directory.ts';

export function clientFor(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: '210987654321', secretAccessKey: 'local' },
  });
}

/** Creates new tables with all indexes, and the stores on them. */
export async function makeDynamoDbStores(
  endpoint: string,
  overflow: OverflowStore = new MemoryOverflowStore(),
) {
  const client = clientFor(endpoint);
  const suffix = randomUUID();
  const [tableName, directoryName] = [`entries-${suffix}`, `directory-${suffix}`];
  const { pk, id, view } = entryAttributes;
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [pk, id, ...Object.values(indexPartitionAttributes)].map(attribute),
      KeySchema: [key(pk, 'HASH')],
      GlobalSecondaryIndexes: indexKeys.map((index) => ({
        IndexName: indexNames[index],
        KeySchema: [key(indexPartitionAttributes[index], 'HASH'), key(id, 'RANGE')],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [view] },
      })),
    }),
  );
  const { pk: directoryPk, sk } = directoryAttributes;
  await client.send(
    new CreateTableCommand({
      TableName: directoryName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [directoryPk, sk].map(attribute),
      KeySchema: [key(directoryPk, 'HASH'), key(sk, 'RANGE')],
    }),
  );
  for (const name of [tableName, directoryName]) await waitUntilActive(client, name);
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    entries: new DynamoDbEntryStore({ client: documents, tableName, shards: fixedShards(), overflow }),
    details: new DynamoDbDetailReader({ client: documents, tableName }, overflow),
    directory: directoryIn(documents, directoryName),
    documents,
    client,
    tableName,
    directoryName,
  };
}

async function waitUntilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`table ${TableName} does not become active`);
}
