// Reads the stream of the entries table.
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  type _Record as StreamsRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { EntryStream, StreamRead, StreamRecord, StreamShard } from '../core/log/ports.ts';
import { toItemImage } from './item-image.ts';
import { asStoreError } from './unavailable.ts';

/** The maximum number of records in one response of DynamoDB. */
const maxRecords = 1_000;

/** DynamoDB deletes expired items as this principal. */
const ttlPrincipal = 'dynamodb.amazonaws.com';

export class DynamoDbEntryStream implements EntryStream {
  readonly #client: DynamoDBStreamsClient;
  readonly #streamArn: string;

  constructor({ client, streamArn }: { readonly client: DynamoDBStreamsClient; readonly streamArn: string }) {
    this.#client = client;
    this.#streamArn = streamArn;
  }

  async listShards(): Promise<readonly StreamShard[]> {
    const shards: StreamShard[] = [];
    let ExclusiveStartShardId: string | undefined;
    do {
      const { StreamDescription } = await this.#call(() =>
        this.#client.send(new DescribeStreamCommand({ StreamArn: this.#streamArn, ExclusiveStartShardId })),
      );
      for (const { ShardId = '', ParentShardId } of StreamDescription?.Shards ?? []) {
        shards.push({ id: ShardId, ...(ParentShardId && { parentId: ParentShardId }) });
      }
      ExclusiveStartShardId = StreamDescription?.LastEvaluatedShardId;
    } while (ExclusiveStartShardId !== undefined);
    return shards;
  }

  /** Reads until the limit, the end of the shard, or an empty response, which means that there are no more records. */
  async read(shardId: string, after: string, limit: number): Promise<StreamRead> {
    const records: StreamRecord[] = [];
    const position = () => records.at(-1)?.sequenceNumber ?? after;
    try {
      let iterator = await this.#openIterator(shardId, after);
      while (iterator !== undefined && records.length < limit) {
        const { Records = [], NextShardIterator } = await this.#client.send(
          new GetRecordsCommand({
            ShardIterator: iterator,
            Limit: Math.min(limit - records.length, maxRecords),
          }),
        );
        records.push(...Records.map(toRecord));
        iterator = NextShardIterator;
        if (Records.length === 0 && iterator !== undefined) {
          return { status: 'read', records, next: position(), isAtEnd: false, isCaughtUp: true };
        }
      }
      const isAtEnd = iterator === undefined;
      return { status: 'read', records, next: position(), isAtEnd, isCaughtUp: isAtEnd };
    } catch (error) {
      // A shard that is gone has expired like its records.
      const isTrimmed =
        error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException;
      if (isTrimmed && records.length === 0) return { status: 'trimmed' };
      if (isTrimmed) {
        return { status: 'read', records, next: position(), isAtEnd: false, isCaughtUp: false };
      }
      throw asStoreError(error);
    }
  }

  async #openIterator(shardId: string, after: string): Promise<string | undefined> {
    const start =
      after === 'start'
        ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after } as const);
    const { ShardIterator } = await this.#client.send(
      new GetShardIteratorCommand({ StreamArn: this.#streamArn, ShardId: shardId, ...start }),
    );
    return ShardIterator;
  }

  async #call<Result>(send: () => Promise<Result>): Promise<Result> {
    try {
      return await send();
    } catch (error) {
      throw asStoreError(error);
    }
  }
}

function toRecord({ eventName = 'MODIFY', userIdentity, dynamodb }: StreamsRecord): StreamRecord {
  const { SequenceNumber = '', NewImage, OldImage } = dynamodb ?? {};
  return {
    kind: eventName,
    byTtl: userIdentity?.Type === 'Service' && userIdentity.PrincipalId === ttlPrincipal,
    sequenceNumber: SequenceNumber,
    ...(NewImage && { newImage: toItemImage(NewImage) }),
    ...(OldImage && { oldImage: toItemImage(OldImage) }),
  };
}
