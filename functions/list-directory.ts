// GET /request-logs/directory/{field}: values seen, for suggestions.
import { listDirectory } from '../core/directory-listing.ts';
import { parseDirectoryQuery } from '../core/directory-query.ts';
import { environmentNames } from '../core/environment.ts';
import { readPermissions } from '../core/vocabulary.ts';
import { DynamoDbDirectoryReader } from '../store/dynamodb-directory-reader.ts';
import { createDocumentClient } from './clients.ts';
import { readText } from './environment-variables.ts';
import { logger } from './logs.ts';
import { jsonResult, queryHandler } from './query-handler.ts';
import { redactFilters } from './redact-filters.ts';

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
