// Builds the response with a file: uncompressed, compressed, or 304 when the browser has it.
import type { HttpResponse } from '../http-api/response.ts';
import type { StoredFile } from './bucket-files.ts';
import { chooseEncoding, compress, type Encoding } from './compression.ts';

/** `headers` are the request headers with lower-case names. */
export function respondWithFile(
  file: StoredFile,
  headers: Readonly<Record<string, string>>,
  encodings: readonly Encoding[],
): HttpResponse {
  const encoding = chooseEncoding(file, headers['accept-encoding'], encodings);
  const common = {
    // CloudFront makes the ETag of a compressed file weak.
    etag: encoding === undefined ? file.etag : `W/${file.etag}`,
    ...(file.cacheControl !== undefined && { 'cache-control': file.cacheControl }),
    ...(encodings.length > 0 && { vary: 'accept-encoding' }),
  };
  if (matchesEtag(headers['if-none-match'], file.etag)) return { status: 304, headers: common, body: '' };
  return {
    status: 200,
    headers: {
      'content-type': file.contentType,
      ...common,
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
    body: encoding === undefined ? file.body : compress(file, encoding),
  };
}

/** Weak comparison, as `If-None-Match` requires. */
function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag);
}
