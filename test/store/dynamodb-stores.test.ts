import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { makeDynamoDbStores } from '../support/dynamodb.ts';
import { startTranslatingDynalite, type TranslatingDynalite } from '../support/translating-dynalite.ts';
import { describeDirectoryContract } from './directory-contract.ts';
import { describeStoreContract } from './entry-store-contract.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-store-'));
let dynalite: TranslatingDynalite;

beforeAll(async () => {
  dynalite = await startTranslatingDynalite(dataDir);
});
afterAll(async () => {
  await dynalite.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describeStoreContract('DynamoDB on dynalite', () => makeDynamoDbStores(dynalite.endpoint.href));
describeDirectoryContract('DynamoDB on dynalite', async () => {
  return (await makeDynamoDbStores(dynalite.endpoint.href)).directory;
});
