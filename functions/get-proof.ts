// GET /request-logs/{id}/proof: the proof that an entry is in the sealed log.
import { requireAllAccounts } from '../core/access/caller.ts';
import { readPermissions } from '../core/contract/vocabulary.ts';
import { environmentNames } from '../core/deployment/environment-names.ts';
import { isEntryId } from '../core/entry/entry-id.ts';
import { addCosignatures } from '../core/log/cosignature-record.ts';
import { toProofText } from '../core/log/proof.ts';
import { isCurrent } from '../core/query/matching.ts';
import { entryKey } from '../core/storage/keys.ts';
import { entryAttributes } from '../core/storage/table-attributes.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import { describeItem } from '../store/describe-item.ts';
import { readItem } from '../store/read-item.ts';
import { createDocumentClient } from './shared/clients.ts';
import { readText } from './shared/environment-variables.ts';
import { logger } from './shared/logs.ts';
import { jsonResult, queryHandler, textResult } from './shared/query-handler.ts';
import { connectLogs, notSealed } from './shared/sealed-log.ts';

const table = { client: createDocumentClient(), tableName: readText(environmentNames.tableName) };
const openLog = connectLogs();

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  requireAllAccounts(caller);
  const id = event.pathParameters?.id ?? '';
  if (!isEntryId(id)) {
    const message = 'id must be an entry ID: a ULID of 26 characters';
    throw new RequestLogsError(errorCodes.invalidParameter, message, { field: 'id' });
  }
  const [item, { log, readCosigned }] = await Promise.all([
    readItem(table, entryKey(caller.organizationId, id)),
    openLog(caller.organizationId),
  ]);
  const sealable = item?.[entryAttributes.id] === id ? describeItem(item) : undefined;
  if (sealable === undefined || !isCurrent(sealable, Date.now())) {
    throw new RequestLogsError(errorCodes.notFound, 'there is no entry with this ID');
  }
  const found = await log.prove(sealable);
  if (found === undefined) throw notSealed('this entry');
  const proof = { ...found, checkpoint: addCosignatures(found.checkpoint, await readCosigned()) };
  logger.info('proof read', { entryId: id, index: proof.index, treeSize: proof.treeSize });
  return prefersText(event.headers.accept) ? textResult(toProofText(proof)) : jsonResult(proof);
});

/** Whether the client asks for text and not for JSON. */
function prefersText(accept = ''): boolean {
  return /\btext\/plain\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept);
}
