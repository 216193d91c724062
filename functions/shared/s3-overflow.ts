// The S3 client of the functions. A separate file in the bundle, loaded on demand.
import { S3Client } from '@aws-sdk/client-s3';
import { S3OverflowStore } from '../../store/s3-overflow-store.ts';
import { maxAttempts, requestHandler } from './clients.ts';

export function connectOverflowStore(bucketName: string): S3OverflowStore {
  return new S3OverflowStore({ client: new S3Client({ maxAttempts, requestHandler }), bucketName });
}
