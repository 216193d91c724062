// The objects of the sealed log, in an S3 bucket with Object Lock. Every put has a condition, so that no call replaces
// an object by accident.
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { LogObject, LogObjectOptions, LogObjectPage, LogObjects } from '../core/log/ports.ts';
import { asStoreError } from './unavailable.ts';

export interface LogBucket {
  readonly client: S3Client;
  readonly bucketName: string;
  /** The mode of locks. In compliance mode, no one can remove a locked version. */
  readonly lockMode: 'governance' | 'compliance';
}

const lockModes = { governance: 'GOVERNANCE', compliance: 'COMPLIANCE' } as const;

/** Temporary objects need no option: the lifecycle rule of their prefix removes them. */
export class S3LogObjects implements LogObjects {
  readonly #bucket: LogBucket;

  constructor(bucket: LogBucket) {
    this.#bucket = bucket;
  }

  async get(key: string): Promise<LogObject | undefined> {
    const { client, bucketName } = this.#bucket;
    try {
      const { Body, ETag = '' } = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
      return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), etag: ETag };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw asStoreError(error);
    }
  }

  async putNew(key: string, bytes: Uint8Array, options: LogObjectOptions): Promise<'created' | 'exists'> {
    return (await this.#put(key, bytes, options, { IfNoneMatch: '*' })) ? 'created' : 'exists';
  }

  async replace(
    key: string,
    bytes: Uint8Array,
    etag: string | undefined,
    options: LogObjectOptions,
  ): Promise<'replaced' | 'lost'> {
    const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
    return (await this.#put(key, bytes, options, condition)) ? 'replaced' : 'lost';
  }

  async list(prefix: string, startAfter?: string): Promise<LogObjectPage> {
    const { client, bucketName } = this.#bucket;
    try {
      const { Contents = [], IsTruncated = false } = await client.send(
        new ListObjectsV2Command({ Bucket: bucketName, Prefix: prefix, StartAfter: startAfter }),
      );
      return { keys: Contents.flatMap(({ Key }) => Key ?? []), hasMore: IsTruncated };
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async listFolders(prefix: string): Promise<readonly string[]> {
    const { client, bucketName } = this.#bucket;
    const names: string[] = [];
    try {
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucketName, Prefix: prefix, Delimiter: '/', ContinuationToken }),
        );
        for (const { Prefix = '' } of page.CommonPrefixes ?? []) {
          names.push(Prefix.slice(prefix.length, -1));
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
    } catch (error) {
      throw asStoreError(error);
    }
    return names;
  }

  /** Adds a delete marker. A lifecycle rule removes the hidden version later. */
  async remove(key: string): Promise<void> {
    const { client, bucketName } = this.#bucket;
    try {
      await client.send(new DeleteObjectCommand({ Bucket: bucketName, Key: key }));
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** Returns whether the condition held and the object was written. */
  async #put(
    key: string,
    bytes: Uint8Array,
    { contentType, lockUntilMillis }: LogObjectOptions,
    condition: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>,
  ): Promise<boolean> {
    const { client, bucketName, lockMode } = this.#bucket;
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucketName,
          Key: key,
          Body: bytes,
          ContentType: contentType,
          ...condition,
          ...(lockUntilMillis !== undefined && {
            ObjectLockMode: lockModes[lockMode],
            ObjectLockRetainUntilDate: new Date(lockUntilMillis),
          }),
        }),
      );
      return true;
    } catch (error) {
      // 412: the condition does not hold. 404: there is no object that could match the ETag.
      const status = statusOf(error);
      if (status === 412 || (status === 404 && condition.IfMatch !== undefined)) return false;
      throw asStoreError(error);
    }
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
