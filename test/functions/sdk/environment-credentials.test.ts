import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultProvider } from '../../../functions/sdk/environment-credentials.ts';

afterEach(() => vi.unstubAllEnvs());

function stubCredentials(keyId?: string, secret?: string, token?: string): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', keyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
  vi.stubEnv('AWS_SESSION_TOKEN', token);
}

describe('defaultProvider', () => {
  it('returns the credentials in the environment', async () => {
    stubCredentials('key', 'secret', 'token');
    expect(await defaultProvider()()).toEqual({
      accessKeyId: 'key',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  it('works without a session token', async () => {
    stubCredentials('key', 'secret');
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'key', secretAccessKey: 'secret' });
  });

  it.each([
    [undefined, 'secret'],
    ['key', undefined],
    ['', ''],
  ])('fails when a variable is not set: %j, %j', async (keyId, secret) => {
    stubCredentials(keyId, secret);
    await expect(defaultProvider()()).rejects.toThrow(/AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY$/);
  });
});
