// What stands in the bundles for parts of the SDK does what those do, as far as it is used here.
import { Sha1 as SdkSha1 } from '@aws-sdk/checksums/sha';
import { SignatureV4MultiRegion as SdkSigner } from '@aws-sdk/signature-v4-multi-region';
import { Sha256 } from '@smithy/core/checksum';
import { describe, expect, it } from 'vitest';
import { Sha1 } from '../../functions/native-sha1.ts';
import { SignatureV4MultiRegion } from '../../functions/regional-signer.ts';

describe('SignatureV4MultiRegion', () => {
  const settings = {
    service: 's3',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', sessionToken: 'session' },
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: true,
  };

  it.each(['PUT', 'GET'])('signs a %s as the SDK does', async (method) => {
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
    const [ours, sdk] = await Promise.all([
      new SignatureV4MultiRegion(settings).sign({ ...request }, options),
      new SdkSigner({ ...settings, runtime: 'node' }).sign({ ...request }, options),
    ]);
    expect(ours.headers.authorization).toMatch(/Signature=[0-9a-f]{64}$/);
    expect(ours.headers).toEqual(sdk.headers);
  });
});

describe('Sha1', () => {
  it('computes what the SDK does, piece by piece and anew', async () => {
    const pieces = ['the ', 'states'].map((piece) => Buffer.from(piece));
    const digests = [new Sha1(), new SdkSha1()].map(async (hash) => {
      hash.update(Buffer.from('something else'));
      hash.reset();
      for (const piece of pieces) hash.update(piece);
      return Buffer.from(await hash.digest()).toString('hex');
    });
    const [ours, sdk] = await Promise.all(digests);
    expect(ours).toBe(sdk);
  });
});
