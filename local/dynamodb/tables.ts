// Creates missing tables of the template. An existing table with other keys or indexes is an error, because
// items that are stored under the old keys would not be found under the new keys.
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  ScanCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { tableKind } from '../cloudformation/kinds/dynamodb.ts';
import type { Resource } from '../cloudformation/kinds/resource-kind.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { LocalStackError } from '../shared/errors.ts';

type Table = ReturnType<typeof tablesOf>[number];

export function tablesOf(stack: Stack) {
  return stack.resources(tableKind);
}

/** Creates a client that connects directly to the backend store, without an access check. */
export function backendClient(endpoint: URL, accessKeyId: string, region: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: endpoint.href,
    region,
    credentials: { accessKeyId, secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}

/** Creates missing tables. Fails with a LocalStackError that names the table whose keys or indexes changed. */
export async function ensureTables(client: DynamoDBClient, stack: Stack): Promise<void> {
  for (const table of tablesOf(stack)) {
    const expected = createTableInput(table);
    const existing = await describeTable(client, table.ref);
    if (existing === undefined) {
      await client.send(new CreateTableCommand(expected));
    } else if (shapeOf(existing) !== shapeOf(expected)) {
      throw new LocalStackError(
        `table ${table.ref} is stored with other keys or indexes than the template has; remove the data folder to start over`,
      );
    }
  }
}

/** Whether all tables are empty. */
export async function areTablesEmpty(client: DynamoDBClient, stack: Stack): Promise<boolean> {
  for (const table of tablesOf(stack)) {
    const { Count = 0 } = await client.send(new ScanCommand({ TableName: table.ref, Limit: 1 }));
    if (Count > 0) return false;
  }
  return true;
}

async function describeTable(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function createTableInput({ ref, properties }: Resource<Table['properties']>): CreateTableCommandInput {
  const indexes = (list: Table['properties']['GlobalSecondaryIndexes']) =>
    list?.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection: {
        ProjectionType: Projection.ProjectionType,
        ...(Projection.NonKeyAttributes && { NonKeyAttributes: Projection.NonKeyAttributes }),
      },
    }));
  const global = indexes(properties.GlobalSecondaryIndexes);
  const local = indexes(properties.LocalSecondaryIndexes);
  return {
    TableName: ref,
    KeySchema: properties.KeySchema,
    AttributeDefinitions: properties.AttributeDefinitions,
    ...(global && { GlobalSecondaryIndexes: global }),
    ...(local && { LocalSecondaryIndexes: local }),
    BillingMode: 'PAY_PER_REQUEST',
  };
}

/** Keys, key types and indexes as text. Tables with the same text have the same shape. */
function shapeOf(table: TableDescription | CreateTableCommandInput): string {
  const keys = (schema: { AttributeName?: string | undefined; KeyType?: string | undefined }[] | undefined) =>
    (schema ?? []).map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`);
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].map(
    (index) => [
      index.IndexName,
      keys(index.KeySchema),
      index.Projection?.ProjectionType,
      [...(index.Projection?.NonKeyAttributes ?? [])].sort(),
    ],
  );
  const types = (table.AttributeDefinitions ?? []).map(({ AttributeName, AttributeType }) => [
    AttributeName,
    AttributeType,
  ]);
  return JSON.stringify([keys(table.KeySchema), types.sort(), indexes.sort()]);
}
