// What the engines for tests do differently from DynamoDB, as far as this product depends on it: README.md in this folder
// has the table. A difference that disappears with a new version of an engine fails here too.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchExecuteStatementCommand,
  CreateTableCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  QueryCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Dynalite, startDynalite } from '../../local/dynamodb/dynalite.ts';
import { clientFor } from '../support/dynamodb.ts';

const TableName = `Engine-${process.pid}`;
const tableArn = `arn:aws:dynamodb:eu-west-1:000000000000:table/${TableName}`;
const folder = mkdtempSync(join(tmpdir(), 'request-logs-engine-'));
let dynalite: Dynalite;
let clients: Readonly<Record<'dynoxide' | 'dynalite', DynamoDBClient>>;

beforeAll(async () => {
  dynalite = await startDynalite(folder, () => {});
  clients = { dynoxide: clientFor(inject('dynamodbEndpoint')), dynalite: clientFor(dynalite.endpoint.href) };
  for (const client of Object.values(clients)) {
    await client.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: ['pk', 'user'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byUser',
            KeySchema: [{ AttributeName: 'user', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  }
  for (const client of Object.values(clients)) {
    await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.1, maxDelay: 0.5 }, { TableName });
  }
});

afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await dynalite.stop();
  rmSync(folder, { recursive: true, force: true });
});

const insertion = (pk: string, user = 'u-1') => ({
  Statement: `INSERT INTO "${TableName}" VALUE {'pk': ?, 'user': ?}`,
  Parameters: [{ S: pk }, { S: user }],
});

function insert(...statements: ReturnType<typeof insertion>[]) {
  return clients.dynoxide.send(
    new BatchExecuteStatementCommand({ Statements: statements, ReturnConsumedCapacity: 'INDEXES' }),
  );
}

function put(engine: keyof typeof clients, pk: string, user?: string) {
  return clients[engine].send(
    new PutItemCommand({
      TableName,
      Item: { pk: { S: pk }, ...(user !== undefined && { user: { S: user } }) },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ReturnConsumedCapacity: 'INDEXES',
    }),
  );
}

describe('dynoxide, as DynamoDB documents it', () => {
  it('answers each INSERT of a batch, with DuplicateItem for a key that exists, in an HTTP 200', async () => {
    await insert(insertion('first'));
    const { Responses, $metadata } = await insert(insertion('first', 'u-2'), insertion('second'));
    expect($metadata.httpStatusCode).toBe(200);
    expect(Responses?.map((response) => response.Error?.Code)).toEqual(['DuplicateItem', undefined]);
    const { Item } = await clients.dynoxide.send(
      new GetItemCommand({ TableName, Key: { pk: { S: 'first' } }, ConsistentRead: true }),
    );
    expect(Item?.user).toEqual({ S: 'u-1' });
  });

  it('rejects a batch with one key twice, with more than 25 statements, or with reads and writes', async () => {
    await expect(insert(insertion('twice'), insertion('twice'))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Provided list of item keys contains duplicates',
    });
    const many = Array.from({ length: 26 }, (_, number) => insertion(`many-${number}`));
    await expect(insert(...many)).rejects.toMatchObject({ name: 'ValidationException' });
    const reading = { Statement: `SELECT * FROM "${TableName}" WHERE pk = ?`, Parameters: [{ S: 'first' }] };
    const mixed = new BatchExecuteStatementCommand({ Statements: [insertion('mixed'), reading] });
    await expect(clients.dynoxide.send(mixed)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('answers ResourceNotFound and ValidationError for single statements', async () => {
    const missing = { Statement: `INSERT INTO "Missing" VALUE {'pk': ?}`, Parameters: [{ S: 'x' }] };
    const large = insertion('large', 'x'.repeat(401 * 1024));
    const send = async (Statement: object) => {
      const Statements = [Statement] as [typeof missing];
      const { Responses } = await clients.dynoxide.send(new BatchExecuteStatementCommand({ Statements }));
      return Responses?.[0]?.Error?.Code;
    };
    expect([await send(missing), await send(large)]).toEqual(['ResourceNotFound', 'ValidationError']);
  });

  it('counts write units in each index that has the item, and half a read unit for an empty Query', async () => {
    const { ConsumedCapacity } = await put('dynoxide', 'measured', 'u-9');
    expect(ConsumedCapacity).toMatchObject({
      CapacityUnits: 2,
      Table: { CapacityUnits: 1 },
      GlobalSecondaryIndexes: { byUser: { CapacityUnits: 1 } },
    });
    expect(await queryUnits('dynoxide')).toBe(0.5);
  });

  it('returns the old item when a condition fails', async () => {
    await put('dynoxide', 'old', 'u-1');
    await expect(put('dynoxide', 'old', 'u-2')).rejects.toMatchObject({ Item: { user: { S: 'u-1' } } });
  });
});

describe('dynoxide, other than DynamoDB', () => {
  it('evaluates no IAM or resource policy and has no PutResourcePolicy', async () => {
    const policy = new PutResourcePolicyCommand({ ResourceArn: tableArn, Policy: '{}' });
    await expect(clients.dynoxide.send(policy)).rejects.toMatchObject({ name: 'UnknownOperationException' });
    const Statement = `DELETE FROM "${TableName}" WHERE pk = 'second'`;
    await expect(clients.dynoxide.send(new ExecuteStatementCommand({ Statement }))).resolves.toBeDefined();
  });

  it('accepts a batch of more than 4 MiB', async () => {
    const Statements = Array.from({ length: 14 }, (_, number) => ({
      Statement: `INSERT INTO "${TableName}" VALUE {'pk': ?, 'state': ?}`,
      Parameters: [{ S: `part-${number}` }, { S: 'x'.repeat(390 * 1024) }],
    }));
    const { Responses } = await clients.dynoxide.send(new BatchExecuteStatementCommand({ Statements }));
    expect(Responses?.every((response) => response.Error === undefined)).toBe(true);
  });

  it('accepts a TTL setting and deletes nothing', async () => {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: 'expiresAt' };
    await clients.dynoxide.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    const Key = { pk: { S: 'expired' } };
    await clients.dynoxide.send(new PutItemCommand({ TableName, Item: { ...Key, expiresAt: { N: '1' } } }));
    expect((await clients.dynoxide.send(new GetItemCommand({ TableName, Key }))).Item).toBeDefined();
  });

  it('updates its indexes at once', async () => {
    await put('dynoxide', 'indexed', 'u-indexed');
    expect((await query('dynoxide', 'u-indexed')).Count).toBe(1);
  });
});

describe('dynalite, other than DynamoDB', () => {
  it.each([
    ['ExecuteStatement', () => new ExecuteStatementCommand(insertion('a'))],
    ['BatchExecuteStatement', () => new BatchExecuteStatementCommand({ Statements: [insertion('a')] })],
    ['PutResourcePolicy', () => new PutResourcePolicyCommand({ ResourceArn: tableArn, Policy: '{}' })],
    [
      'UpdateTimeToLive',
      () =>
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiresAt' },
        }),
    ],
  ])('has no %s', async (_, command) => {
    await expect(clients.dynalite.send(command() as ExecuteStatementCommand)).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });

  it('returns no old item when a condition fails', async () => {
    await put('dynalite', 'old', 'u-1');
    const error = await put('dynalite', 'old', 'u-2').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(error).not.toHaveProperty('Item.user');
  });

  it('counts no write units of indexes and no read units for an empty Query', async () => {
    const { ConsumedCapacity } = await put('dynalite', 'measured', 'u-9');
    expect(ConsumedCapacity?.CapacityUnits).toBe(1);
    expect(ConsumedCapacity?.GlobalSecondaryIndexes).toBeUndefined();
    expect(await queryUnits('dynalite')).toBe(0);
  });

  it('accepts an empty text as the key of an index, which dynoxide rejects', async () => {
    await expect(put('dynalite', 'empty', '')).resolves.toBeDefined();
    await expect(put('dynoxide', 'empty', '')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

function query(engine: keyof typeof clients, user: string) {
  return clients[engine].send(
    new QueryCommand({
      TableName,
      IndexName: 'byUser',
      KeyConditionExpression: '#user = :user',
      ExpressionAttributeNames: { '#user': 'user' },
      ExpressionAttributeValues: { ':user': { S: user } },
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );
}

async function queryUnits(engine: keyof typeof clients): Promise<number | undefined> {
  return (await query(engine, 'nobody')).ConsumedCapacity?.CapacityUnits;
}
