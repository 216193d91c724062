import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { afterAll, beforeAll } from 'vitest';
import { makeDynamoDbStores } from '../support/dynamodb.ts';
import { describeStoreContract } from './entry-store-contract.ts';

const server = dynalite({ createTableMs: 0 });
let endpoint: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

describeStoreContract('DynamoDB on dynalite', () => makeDynamoDbStores(endpoint));
