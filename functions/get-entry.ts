// GET /request-logs/{id}: one entry with its states and what differs between them.
import { isEntryId } from '../core/entry-id.ts';
import { lookUpEntry } from '../core/entry-lookup.ts';
import { environmentNames } from '../core/environment.ts';
import { errorCodes, RequestLogsError } from '../core/errors.ts';
import { readPermissions } from '../core/vocabulary.ts';
import { DynamoDbEntryStore } from '../store/dynamodb-entry-store.ts';
import { createDocumentClient } from './clients.ts';
import { entryResult } from './entry-result.ts';
import { readText } from './environment-variables.ts';
import { logger } from './logs.ts';
import { createOverflowStore } from './overflow.ts';
import { queryHandler } from './query-handler.ts';
import { throwCounted } from './unreadable-states.ts';

const entries = new DynamoDbEntryStore({
  client: createDocumentClient(),
  tableName: readText(environmentNames.tableName),
  shards: {},
  overflow: createOverflowStore(),
});

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const id = event.pathParameters?.id ?? '';
  if (!isEntryId(id)) {
    throw new RequestLogsError(
      errorCodes.invalidParameter,
      'id must be an entry id: 26 characters of a ULID',
      {
        field: 'id',
      },
    );
  }
  const entry = await lookUpEntry(id, caller, { entries, now: Date.now }).catch(throwCounted);
  if (!entry) {
    throw new RequestLogsError(errorCodes.notFound, 'there is no entry with this id');
  }
  logger.info('entry read', { entryId: id });
  return entryResult(entry, event.headers['accept-encoding']);
});
