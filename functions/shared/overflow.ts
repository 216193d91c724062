// The overflow store of the functions that read or write complete entries. Its code is loaded when the first
// entry needs it, because most execution environments never do.
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { readText } from './environment-variables.ts';

/** Creates the store on the bucket that the environment names. Fails when the environment names none. */
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
