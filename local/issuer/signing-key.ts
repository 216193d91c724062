// The signing key of the local issuer, stored in the data folder so that tokens stay valid after a restart.
import { createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';

export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly keyId: string;
  readonly publicKeys: { readonly keys: readonly JWK[] };
  readonly findKey: JWTVerifyGetKey;
}

/** Reads the key, or creates it on first use. Only the owner can read the file. */
export async function loadSigningKey(dataDir: string): Promise<SigningKey> {
  const path = join(dataDir, 'issuer', 'signing-key.pem');
  if (!existsSync(path)) {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    mkdirSync(join(dataDir, 'issuer'), { recursive: true });
    writeFileSync(path, await exportPKCS8(privateKey), { mode: 0o600 });
  }
  const pem = readFileSync(path, 'utf8');
  const publicJwk = await exportJWK(createPublicKey(pem));
  const keyId = await calculateJwkThumbprint(publicJwk);
  const jwk = { ...publicJwk, kid: keyId, alg: 'RS256', use: 'sig' };
  return {
    privateKey: await importPKCS8(pem, 'RS256'),
    keyId,
    publicKeys: { keys: [jwk] },
    findKey: createLocalJWKSet({ keys: [jwk] }),
  };
}
