// Creates the template's buckets in fauxqs.
import type { FauxqsServer } from 'fauxqs';
import { bucketKind } from '../cloudformation/kinds/s3.ts';
import type { Stack } from '../cloudformation/stack.ts';

/** Creates missing buckets. Keeps objects. */
export function createBuckets(server: FauxqsServer, stack: Stack): void {
  for (const { ref } of stack.resources(bucketKind)) server.createBucket(ref);
}
