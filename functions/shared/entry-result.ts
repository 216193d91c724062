// Builds the response for one entry within Lambda's response size limit. Only entries with very large states are
// affected: first the differences of disputes are omitted, then the changes, then the response is compressed.
import { constants } from 'node:zlib';
import type { FoundEntry } from '../../core/search/entry-lookup.ts';
import { listResponses } from '../../core/search/entry-responses.ts';
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
export function entryResult(found: FoundEntry, acceptEncoding: string | undefined): QueryResult {
  return fitResult(listResponses(found, maxResultBytes), acceptEncoding, 'this entry');
}

/**
 * Returns the first response that fits, or else the last one, compressed. Fails with ENTRY_TOO_LARGE, about `what`, when it
 * does not fit in any encoding that the client accepts.
 */
export function fitResult(
  responses: Iterable<object>,
  acceptEncoding: string | undefined,
  what: string,
): QueryResult {
  let smallest: QueryResult | undefined;
  for (const response of responses) {
    smallest = jsonResult(response);
    if (fits(smallest)) return smallest;
  }
  const packed =
    smallest && acceptsGzip(acceptEncoding)
      ? gzipResult(smallest, constants.Z_DEFAULT_COMPRESSION)
      : undefined;
  if (packed && fits(packed)) return packed;
  throw new RequestLogsError(
    errorCodes.entryTooLarge,
    `${what} exceeds 6 MB; send the header accept-encoding: gzip`,
  );
}

function fits(result: QueryResult): boolean {
  return Buffer.byteLength(JSON.stringify(result)) <= maxResultBytes;
}
