// GET /request-logs/{id}: one entry with its states and the changes between them.
import { readPermissions } from '../core/contract/vocabulary.ts';
import { environmentNames } from '../core/deployment/environment-names.ts';
import { isEntryId } from '../core/entry/entry-id.ts';
import { lookUpEntry } from '../core/search/entry-lookup.ts';
import { fixedShards } from '../core/storage/shard-counts.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import { DynamoDbEntryStore } from '../store/dynamodb-entry-store.ts';
import { createDocumentClient } from './shared/clients.ts';
import { countUnreadableDisputes, throwCounted } from './shared/count-unreadable.ts';
import { entryResult } from './shared/entry-result.ts';
import { readText } from './shared/environment-variables.ts';
import { logger } from './shared/logs.ts';
import { createOverflowStore } from './shared/overflow.ts';
import { queryHandler } from './shared/query-handler.ts';

const entries = new DynamoDbEntryStore({
  client: createDocumentClient(),
  tableName: readText(environmentNames.tableName),
  shards: fixedShards(),
  overflow: createOverflowStore(),
});

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const id = event.pathParameters?.id ?? '';
  if (!isEntryId(id)) {
    throw new RequestLogsError(
      errorCodes.invalidParameter,
      'id must be an entry id: a ULID of 26 characters',
      {
        field: 'id',
      },
    );
  }
  const found = await lookUpEntry(id, caller, { entries, now: Date.now }).catch(throwCounted);
  if (!found) {
    throw new RequestLogsError(errorCodes.notFound, 'there is no entry with this id');
  }
  logger.info('entry read', { entryId: id });
  await countUnreadableDisputes(found.disputes);
  return entryResult(found, event.headers['accept-encoding']);
});
