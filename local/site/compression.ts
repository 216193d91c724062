// Compresses files as CloudFront does.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { StoredFile } from './bucket-files.ts';

export type Encoding = 'br' | 'gzip';

/** CloudFront does not compress smaller or larger files. */
const [minBytes, maxBytes] = [1_000, 10_000_000];

/** Those content types of the page's files that CloudFront compresses. */
const compressible = new Set([
  'application/json',
  'image/svg+xml',
  'text/css',
  'text/html',
  'text/javascript',
  'text/plain',
]);

/** Chooses the encoding of a file: Brotli before gzip, `undefined` for none. */
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

/** Returns the compressed content, cached for each file. */
export function compress(file: StoredFile, encoding: Encoding): Buffer {
  const made = packed.get(file) ?? {};
  packed.set(file, made);
  made[encoding] ??=
    encoding === 'gzip'
      ? gzipSync(file.body)
      : brotliCompressSync(file.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return made[encoding];
}
