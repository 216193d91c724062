// The answer with a file: whole, compressed, or only that the browser has it already.
import type { HttpResponse } from '../http-api/response.ts';
import type { StoredFile } from './bucket-files.ts';
import { chooseEncoding, compress, type Encoding } from './compression.ts';

/** `headers` are the request's, names in lower case. */
export function answerWithFile(
  file: StoredFile,
  headers: Readonly<Record<string, string>>,
  encodings: readonly Encoding[],
): HttpResponse {
  const encoding = chooseEncoding(file, headers['accept-encoding'], encodings);
  const common = {
    // What CloudFront compresses is no longer what the tag strongly names.
    etag: encoding === undefined ? file.etag : `W/${file.etag}`,
    ...(file.cacheControl !== undefined && { 'cache-control': file.cacheControl }),
    ...(encodings.length > 0 && { vary: 'accept-encoding' }),
  };
  if (isKnown(headers['if-none-match'], file.etag)) return { status: 304, headers: common, body: '' };
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

/** The weak comparison that `If-None-Match` asks for. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag);
}
