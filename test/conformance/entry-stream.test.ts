// Tests the adapters of the sealed log against dynoxide's own streams and conditional writes.
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { DynamoDbEntryStream } from '../../store/dynamodb-entry-stream.ts';
import { DynamoDbSequencerStore } from '../../store/dynamodb-sequencer-store.ts';
import { clientFor } from '../support/dynamodb.ts';

const endpoint = inject('dynamodbEndpoint');
const client = clientFor(endpoint);
const tableName = `log-${randomUUID()}`;
let stream: DynamoDbEntryStream;

beforeAll(async () => {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  stream = new DynamoDbEntryStream({
    client: new DynamoDBStreamsClient({
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: '210987654321', secretAccessKey: 'local' },
    }),
    streamArn: TableDescription?.LatestStreamArn ?? '',
  });
});

describe('DynamoDbEntryStream', () => {
  it('reads inserts, changes and removals in pages from the positions that it returned', async () => {
    const put = (version: number) =>
      client.send(
        new PutItemCommand({ TableName: tableName, Item: { pk: { S: 'a' }, n: { N: String(version) } } }),
      );
    await put(1);
    await put(2);
    await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: { S: 'a' } } }));
    const records: unknown[] = [];
    for (const { id } of await stream.listShards()) {
      let after = 'start';
      for (;;) {
        const read = await stream.read(id, after, 2);
        if (read.status !== 'read') throw new Error(read.status);
        records.push(...read.records.map(({ kind, oldImage, newImage }) => [kind, oldImage?.n, newImage?.n]));
        after = read.next;
        if (read.isCaughtUp) break;
      }
    }
    expect(records).toEqual([
      ['INSERT', undefined, 1],
      ['MODIFY', 1, 2],
      ['REMOVE', 2, undefined],
    ]);
  });
});

describe('DynamoDbSequencerStore', () => {
  it('lets one of several concurrent writes win', async () => {
    const store = new DynamoDbSequencerStore({ client: DynamoDBDocumentClient.from(client), tableName });
    expect(await store.write('a', 0)).toBe('written');
    const writes = await Promise.all(['b', 'c', 'd'].map((value) => store.write(value, 1)));
    expect(writes.filter((result) => result === 'written')).toHaveLength(1);
    expect(await store.read()).toMatchObject({ version: 2 });
  });
});
