// Compresses a file for a browser that takes it, as CloudFront does.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { StoredFile } from './bucket-files.ts';

export type Encoding = 'br' | 'gzip';

/** Smaller files gain nothing, larger ones CloudFront leaves alone. */
const [minBytes, maxBytes] = [1_000, 10_000_000];

/** Of the types that CloudFront compresses those that a page is made of. */
const compressible = new Set([
  'application/json',
  'image/svg+xml',
  'text/css',
  'text/html',
  'text/javascript',
  'text/plain',
]);

/** The encoding for this file: brotli before gzip, or `undefined` for none. */
export function chooseEncoding(
  { body, contentType }: StoredFile,
  accepted: string | undefined,
  known: readonly Encoding[],
): Encoding | undefined {
  if (!compressible.has(contentType) || body.length < minBytes || body.length > maxBytes) return undefined;
  return known.find((encoding) => accepts(accepted ?? '', encoding));
}

function accepts(header: string, encoding: Encoding): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...parameters] = part.trim().split(/\s*;\s*/);
    return name.toLowerCase() === encoding && !parameters.some((one) => /^q=0(\.0*)?$/i.test(one));
  });
}

const packed = new WeakMap<StoredFile, Partial<Record<Encoding, Buffer>>>();

/** The compressed content; made once for each file. */
export function compress(file: StoredFile, encoding: Encoding): Buffer {
  const made = packed.get(file) ?? {};
  packed.set(file, made);
  made[encoding] ??=
    encoding === 'gzip'
      ? gzipSync(file.body)
      : brotliCompressSync(file.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return made[encoding];
}
