// States that do not fit an item, in an S3 bucket. Loaded on demand, because most functions never need it and
// the client is half as large as a function.
import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { OverflowStore } from '../core/storage/ports.ts';
import { unreadable } from './overflow.ts';
import { asStoreError } from './unavailable.ts';

export class S3OverflowStore implements OverflowStore {
  readonly #client: S3Client;
  readonly #bucketName: string;

  constructor({ client, bucketName }: { readonly client: S3Client; readonly bucketName: string }) {
    this.#client = client;
    this.#bucketName = bucketName;
  }

  async put(key: string, bytes: Uint8Array): Promise<'written' | 'exists'> {
    try {
      await this.#client.send(
        new PutObjectCommand({
          Bucket: this.#bucketName,
          Key: key,
          Body: bytes,
          ContentType: 'application/octet-stream',
          IfNoneMatch: '*',
        }),
      );
      return 'written';
    } catch (error) {
      if (hasStatus(error, 412)) return 'exists';
      throw asStoreError(error);
    }
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucketName, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      // S3 also returns 403 for a missing object if the caller cannot list the bucket, and no function can.
      if (hasStatus(error, 403)) throw unreadable('the object is missing or access is denied', error);
      throw asStoreError(error);
    }
  }
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
}
