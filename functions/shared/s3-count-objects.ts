// Reads the objects of the log bucket that counts need. It is loaded on demand, because many counts read only an index.
import { S3Client } from '@aws-sdk/client-s3';
import type { CountObjects } from '../../core/counts/sealed-counts.ts';
import { S3LogObjects } from '../../store/s3-log-objects.ts';
import { maxAttempts, requestHandler } from './clients.ts';

/** Connects to the log bucket with this name. */
export function connectCountObjects(bucketName: string): CountObjects {
  const client = new S3Client({ maxAttempts, requestHandler });
  return new S3LogObjects({ client, bucketName, lockMode: 'governance' });
}
