// The overflow store of the functions that read or write whole entries. Its code is read when the first entry needs it:
// most execution environments never meet one.
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { readText } from './environment-variables.ts';

/** The store on the bucket of the environment. Fails when the environment lacks it. */
export function createOverflowStore(): OverflowStore {
  const bucketName = readText(environmentNames.overflowBucketName);
  let loaded: Promise<OverflowStore> | undefined;
  const load = () => {
    loaded ??= import('./s3-overflow.ts').then(({ connectOverflowStore }) =>
      connectOverflowStore(bucketName),
    );
    return loaded;
  };
  return {
    put: async (key, bytes) => (await load()).put(key, bytes),
    get: async (key) => (await load()).get(key),
  };
}
