// What a search needs, made from a function's environment: shared by every function that lists entries.
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { SearchPorts } from '../../core/search/search.ts';
import { DynamoDbDirectoryReader } from '../../store/dynamodb-directory-reader.ts';
import { DynamoDbEntryStore } from '../../store/dynamodb-entry-store.ts';
import { createDocumentClient } from './clients.ts';
import { readIndexShards, readReadBudgetUnits } from './configuration.ts';
import { readText } from './environment-variables.ts';

/** A page is answered within this time; API Gateway waits 30 s at most. */
const pageTimeMillis = 10_000;

/** Fails when the environment lacks what it reads. */
export function createSearchPorts(): SearchPorts {
  const client = createDocumentClient();
  const shards = readIndexShards();
  return {
    entries: new DynamoDbEntryStore({ client, tableName: readText(environmentNames.tableName), shards }),
    directory: new DynamoDbDirectoryReader({
      client,
      tableName: readText(environmentNames.directoryTableName),
    }),
    shards,
    limits: { readUnits: readReadBudgetUnits(), timeMillis: pageTimeMillis },
    now: Date.now,
  };
}
