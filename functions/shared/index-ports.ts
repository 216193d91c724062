// Creates what a search of the indexes needs from a function's environment. It is apart from search-ports.ts, because a
// bundle contains every module that its files can import on demand.
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { ExportPorts } from '../../core/export/export-page.ts';
import type { HistoryPorts } from '../../core/history/target-entries.ts';
import { DynamoDbDetailReader } from '../../store/dynamodb-detail-reader.ts';
import { DynamoDbDirectoryReader } from '../../store/dynamodb-directory-reader.ts';
import { DynamoDbIndexReader } from '../../store/dynamodb-index-reader.ts';
import { createDocumentClient } from './clients.ts';
import { readIndexShards, readReadBudgetUnits } from './configuration.ts';
import { readText } from './environment-variables.ts';
import { createOverflowStore } from './overflow.ts';

/** Time limit for building one page. API Gateway waits at most 30 seconds. */
const pageTimeMillis = 10_000;

/**
 * Creates the ports of a search that reads no sealed log, such as a summary or a history. Fails when a required
 * environment variable is missing.
 */
export function createIndexPorts(): ExportPorts & HistoryPorts {
  const client = createDocumentClient();
  const table = { client, tableName: readText(environmentNames.tableName) };
  const shards = readIndexShards();
  return {
    entries: new DynamoDbIndexReader(table),
    directory: new DynamoDbDirectoryReader({
      client,
      tableName: readText(environmentNames.directoryTableName),
    }),
    details: new DynamoDbDetailReader(table, createOverflowStore()),
    shards,
    limits: { readUnits: readReadBudgetUnits(), timeMillis: pageTimeMillis },
    now: Date.now,
  };
}
