// GET /request-logs/directory/{field}: values that occurred in events, for suggestions.
import { readPermissions } from '../core/contract/vocabulary.ts';
import { environmentNames } from '../core/deployment/environment-names.ts';
import { listDirectory } from '../core/directory/directory-listing.ts';
import { parseDirectoryQuery } from '../core/directory/directory-query.ts';
import { DynamoDbDirectoryReader } from '../store/dynamodb-directory-reader.ts';
import { createDocumentClient } from './shared/clients.ts';
import { readText } from './shared/environment-variables.ts';
import { logger } from './shared/logs.ts';
import { jsonResult, queryHandler } from './shared/query-handler.ts';
import { redactFilters } from './shared/redact-filters.ts';

const directory = new DynamoDbDirectoryReader({
  client: createDocumentClient(),
  tableName: readText(environmentNames.directoryTableName),
});

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const query = parseDirectoryQuery(event.pathParameters?.field, event.rawQueryString);
  const listing = await listDirectory(query, caller, directory);
  const { list, prefix, accounts } = query;
  logger.info('directory listed', {
    list,
    filters: await redactFilters({ prefix, accounts }),
    count: listing.values.length,
  });
  return jsonResult(listing);
});
