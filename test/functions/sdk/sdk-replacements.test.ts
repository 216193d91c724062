// The modules that replace parts of the SDK in the bundles behave like the originals, as far as the functions
// use them.
import { Readable } from 'node:stream';
import { Sha1 as SdkSha1 } from '@aws-sdk/checksums/sha';
import { SignatureV4MultiRegion as SdkSigner } from '@aws-sdk/signature-v4-multi-region';
import * as sdk from '@smithy/core/checksum';
import { describe, expect, it } from 'vitest';
import * as replacement from '../../../functions/sdk/native-checksums.ts';
import { SignatureV4MultiRegion } from '../../../functions/sdk/regional-signer.ts';

describe('SignatureV4MultiRegion', () => {
  const settings = {
    service: 's3',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', sessionToken: 'session' },
    sha256: sdk.Sha256,
    uriEscapePath: false,
    applyChecksum: true,
  };

  it.each(['PUT', 'GET'])('signs a %s like the SDK', async (method) => {
    const request = {
      method,
      protocol: 'https:',
      hostname: 'bucket.s3.eu-west-1.amazonaws.com',
      path: '/acme/01M7/a b+c',
      query: { 'x-id': 'PutObject' },
      headers: { host: 'bucket.s3.eu-west-1.amazonaws.com', 'if-none-match': '*' },
      ...(method === 'PUT' && { body: 'the states' }),
    };
    const options = { signingDate: new Date('2026-11-05T16:40:51Z') };
    const [replacement, sdk] = await Promise.all([
      new SignatureV4MultiRegion(settings).sign({ ...request }, options),
      new SdkSigner({ ...settings, runtime: 'node' }).sign({ ...request }, options),
    ]);
    expect(replacement.headers.authorization).toMatch(/Signature=[0-9a-f]{64}$/);
    expect(replacement.headers).toEqual(sdk.headers);
  });
});

interface Checksum {
  update(data: Uint8Array): void;
  digest(): Promise<Uint8Array>;
  reset(): void;
}

const pieces = ['the ', 'states'].map((piece) => Buffer.from(piece));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

async function digestInPieces(checksum: Checksum): Promise<string[]> {
  const digests: string[] = [];
  const takeDigest = async () => digests.push(hexOf(await checksum.digest()));
  checksum.update(Buffer.from('something else'));
  await takeDigest();
  checksum.reset();
  for (const piece of pieces) checksum.update(piece);
  await takeDigest();
  return digests;
}

describe('the native checksums', () => {
  it.each<[string, () => Checksum, () => Checksum]>([
    ['MD5', () => new replacement.Md5(), () => new sdk.Md5()],
    ['SHA-1', () => new replacement.Sha1(), () => new SdkSha1()],
    ['SHA-256', () => new replacement.Sha256(), () => new sdk.Sha256()],
    ['HMAC with a string', () => new replacement.Sha256('key'), () => new sdk.Sha256('key')],
    ['HMAC with bytes', () => new replacement.Sha256(pieces[0]), () => new sdk.Sha256(pieces[0])],
    ['CRC-32', () => new replacement.Crc32(), () => new sdk.Crc32()],
  ])('compute %s like the SDK, in chunks and after a reset', async (_name, make, makeSdk) => {
    const digests = await digestInPieces(make());
    expect(digests[0]).not.toBe(digests[1]);
    expect(digests).toEqual(await digestInPieces(makeSdk()));
  });

  it('hash a stream like the SDK', async () => {
    const [digest, sdkDigest] = await Promise.all([
      replacement.readableStreamHasher(replacement.Sha256, Readable.from(pieces)),
      sdk.readableStreamHasher(sdk.Sha256, Readable.from(pieces)),
    ]);
    expect(hexOf(digest)).toBe(hexOf(sdkDigest));
  });
});
