// GET /request-logs: one page of entries.
import { readPermissions } from '../core/caller.ts';
import { environmentNames } from '../core/environment.ts';
import { parseQuery } from '../core/query.ts';
import { search } from '../core/search.ts';
import { DynamoDbDirectory } from '../store/dynamodb-directory.ts';
import { DynamoDbEntryStore } from '../store/dynamodb-entry-store.ts';
import { createDocumentClient } from './clients.ts';
import { readIndexShards, readReadBudgetUnits, readText } from './configuration.ts';
import { jsonResult, queryHandler } from './query-handler.ts';
import { logger } from './telemetry.ts';

/** A page is answered within this time; API Gateway waits 30 s at most. */
const pageTimeMillis = 10_000;

const client = createDocumentClient();
const shards = readIndexShards();
const ports = {
  entries: new DynamoDbEntryStore({ client, tableName: readText(environmentNames.tableName), shards }),
  directory: new DynamoDbDirectory({ client, tableName: readText(environmentNames.directoryTableName) }),
  shards,
  limits: { readUnits: readReadBudgetUnits(), timeMillis: pageTimeMillis },
  now: Date.now,
};

export const handler = queryHandler(readPermissions.read, async (event, caller) => {
  const query = parseQuery(event.rawQueryString);
  const page = await search(query, caller, ports);
  const { filters, fromMillis, toMillis } = query;
  const { items, complete } = page;
  logger.info('entries listed', { filters, fromMillis, toMillis, count: items.length, complete });
  return jsonResult(page);
});
