// The Ed25519 keys of the template's signing keys, in the folder `keys` of the data folder, readable for the owner only.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyKind } from '../cloudformation/kinds/kms.ts';
import type { Stack } from '../cloudformation/stack.ts';

/** Returns the private key of each signing key by its ARN. Creates missing ones. */
export function loadSigningKeys(stack: Stack, dataDir: string): ReadonlyMap<string, KeyObject> {
  const keys = stack.resources(keyKind).filter(({ properties }) => properties.KeyUsage === 'SIGN_VERIFY');
  const folder = join(dataDir, 'keys');
  return new Map(keys.map(({ ref, attributes }) => [attributes.Arn ?? '', loadKey(folder, ref)]));
}

function loadKey(folder: string, id: string): KeyObject {
  const path = join(folder, `${id}.pem`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  return createPrivateKey(readFileSync(path));
}
