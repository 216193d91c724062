// GET /request-logs/{id}: one entry with its states, the changes between them, and its place in the sealed log.
import { readPermissions } from '../core/contract/vocabulary.ts';
import { environmentNames } from '../core/deployment/environment-names.ts';
import { isEntryId } from '../core/entry/entry-id.ts';
import { lookUpEntry } from '../core/search/entry-lookup.ts';
import { entryKey } from '../core/storage/keys.ts';
import { entryAttributes } from '../core/storage/table-attributes.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import { DynamoDbDetailReader } from '../store/dynamodb-detail-reader.ts';
import { toStoredEntry } from '../store/entry-item.ts';
import { readItem } from '../store/read-item.ts';
import { createDocumentClient } from './shared/clients.ts';
import { countUnreadableDisputes, throwCounted } from './shared/count-unreadable.ts';
import { entryResult } from './shared/entry-result.ts';
import { readText } from './shared/environment-variables.ts';
import { logger } from './shared/logs.ts';
import { createOverflowStore } from './shared/overflow.ts';
import { queryHandler } from './shared/query-handler.ts';
import { findSealing } from './shared/sealing-state.ts';

const table = { client: createDocumentClient(), tableName: readText(environmentNames.tableName) };
const overflow = createOverflowStore();
const { disputes } = new DynamoDbDetailReader(table, overflow);

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const id = event.pathParameters?.id ?? '';
  if (!isEntryId(id)) {
    throw new RequestLogsError(
      errorCodes.invalidParameter,
      'id must be an entry ID: a ULID of 26 characters',
      {
        field: 'id',
      },
    );
  }
  const { organizationId } = caller;
  const reading = readItem(table, entryKey(organizationId, id));
  const get = async () => {
    const item = await reading;
    return item?.[entryAttributes.id] === id ? toStoredEntry(organizationId, item, overflow) : undefined;
  };
  const found = await lookUpEntry(id, caller, { entries: { get, disputes }, now: Date.now }).catch(
    throwCounted,
  );
  if (!found) {
    throw new RequestLogsError(errorCodes.notFound, 'there is no entry with this ID');
  }
  const sealing = await findSealing(await reading, caller);
  logger.info('entry read', { entryId: id });
  await countUnreadableDisputes(found.disputes);
  return entryResult({ ...found, sealing }, event.headers['accept-encoding']);
});
