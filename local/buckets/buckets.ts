// The buckets of the template in fauxqs.
import type { FauxqsServer } from 'fauxqs';
import { bucketKind } from '../cloudformation/kinds/s3.ts';
import type { Stack } from '../cloudformation/stack.ts';

/** Makes what is missing; objects stay. */
export function createBuckets(server: FauxqsServer, stack: Stack): void {
  for (const { ref } of stack.resources(bucketKind)) server.createBucket(ref);
}
