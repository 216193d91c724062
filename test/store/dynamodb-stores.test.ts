import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Dynalite, startDynalite } from '../../local/dynamodb/dynalite.ts';
import { makeDynamoDbStores } from '../support/dynamodb.ts';
import { describeDirectoryContract } from './directory-contract.ts';
import { describeStoreContract } from './entry-store-contract.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-store-'));
let dynalite: Dynalite;

beforeAll(async () => {
  dynalite = await startDynalite(dataDir, () => {});
});
afterAll(async () => {
  await dynalite.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describeStoreContract('DynamoDB on dynalite', () => makeDynamoDbStores(dynalite.endpoint.href));
describeDirectoryContract('DynamoDB on dynalite', async () => {
  return (await makeDynamoDbStores(dynalite.endpoint.href)).directory;
});
