// Builds the response for one entry within Lambda's response size limit. Only entries with very large states are
// affected: first the differences of disputes are omitted, then the changes, then the response is compressed.
import { constants } from 'node:zlib';
import { listChanges } from '../../core/changes/changes.ts';
import type { Dispute, EntryResponse } from '../../core/entry/entry-response-schemas.ts';
import type { Change } from '../../core/entry/entry-schemas.ts';
import type { FoundEntry } from '../../core/search/entry-lookup.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';
import { acceptsGzip, gzipResult } from './compression.ts';
import { jsonResult, type QueryResult } from './query-handler.ts';

/**
 * Maximum size of a function's result, in bytes of JSON. Lambda's limit is 6 MB
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
const maxResultBytes = 6_000_000;

/**
 * Returns the response for one entry. Fails with ENTRY_TOO_LARGE when the entry does not fit in any encoding
 * that the client accepts.
 */
export function entryResult(
  { entry, disputes }: FoundEntry,
  acceptEncoding: string | undefined,
): QueryResult {
  const changes = listChanges(entry.before, entry.after);
  const withoutDifferences = disputes.map(omitDifferences);
  for (const shown of disputes.length === 0 ? [disputes] : [disputes, withoutDifferences]) {
    if (!canFit([...changes, ...shown.flatMap(({ differences = [] }) => differences)])) continue;
    const response: EntryResponse = { ...entry, changes, ...asField(shown) };
    const result = jsonResult(response);
    if (fits(result)) return result;
  }
  const response: EntryResponse = {
    ...entry,
    changes: [],
    changesOmitted: true,
    ...asField(withoutDifferences),
  };
  const result = jsonResult(response);
  if (fits(result)) return result;
  const packed = acceptsGzip(acceptEncoding)
    ? gzipResult(result, constants.Z_DEFAULT_COMPRESSION)
    : undefined;
  if (packed && fits(packed)) return packed;
  throw new RequestLogsError(
    errorCodes.entryTooLarge,
    'this entry exceeds 6 MB; send the header accept-encoding: gzip',
  );
}

function omitDifferences({ differences, ...dispute }: Dispute): Dispute {
  return differences === undefined ? dispute : { ...dispute, differencesOmitted: true };
}

function asField(disputes: readonly Dispute[]): Pick<EntryResponse, 'disputes'> {
  return disputes.length === 0 ? {} : { disputes };
}

function fits(result: QueryResult): boolean {
  return Buffer.byteLength(JSON.stringify(result)) <= maxResultBytes;
}

/** Estimates from the lengths of the paths, because writing out many long paths is expensive. */
function canFit(changes: readonly Change[]): boolean {
  let bytes = 0;
  for (const { path } of changes) bytes += path.length;
  return bytes <= maxResultBytes;
}
