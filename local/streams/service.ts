// Emulates DynamoDB Streams: checks access, then reads the journal.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { streamLabel, tableKind } from '../cloudformation/kinds/dynamodb.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessCheck, isIdentityError } from '../iam/access-check.ts';
import { type AwsResponse, awsError, awsJson } from '../iam/aws-error.ts';
import { type AwsRequest, parseBody } from '../iam/aws-request.ts';
import type { Access } from '../iam/dynamodb-access.ts';
import type { StreamJournal, StreamRecord } from './journal.ts';

const iteratorMinutes = 15;
const maxRecords = 1_000;
const maxShards = 100;

/** The size of one response of GetRecords on AWS. */
const maxResponseBytes = 1024 * 1024;

const requestSchemas = {
  ListStreams: z.object({ TableName: z.optional(z.string()) }),
  DescribeStream: z.object({
    StreamArn: z.string(),
    ExclusiveStartShardId: z.optional(z.string()),
    Limit: z.optional(z.int()),
  }),
  GetShardIterator: z.object({
    StreamArn: z.string(),
    ShardId: z.string(),
    ShardIteratorType: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']),
    SequenceNumber: z.optional(z.string().check(z.regex(/^\d{21,40}$/))),
  }),
  GetRecords: z.object({ ShardIterator: z.string(), Limit: z.optional(z.int()) }),
} as const;

const iteratorSchema = z.object({
  streamArn: z.string(),
  shardId: z.string(),
  after: z.optional(z.string()),
  createdAtMillis: z.number(),
});

type Operation = keyof typeof requestSchemas;
type Iterator = z.infer<typeof iteratorSchema>;

class StreamsError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Handles `DynamoDBStreams_20120810.*` calls. */
export function createStreamsService(stack: Stack, accessCheck: AccessCheck, journal: StreamJournal) {
  const tables = stack.resources(tableKind).filter(({ properties }) => properties.StreamSpecification);
  const find = (streamArn: string) => {
    const table = tables.find(({ attributes }) => attributes.StreamArn === streamArn);
    if (table !== undefined) return table;
    throw new StreamsError(
      'ResourceNotFoundException',
      `Requested resource not found: Stream: ${streamArn} not found`,
    );
  };

  const operations: { [Name in Operation]: (request: z.infer<(typeof requestSchemas)[Name]>) => object } = {
    ListStreams: ({ TableName }) => ({
      Streams: tables
        .filter(({ ref }) => TableName === undefined || TableName === ref)
        .map(({ ref, attributes }) => ({
          StreamArn: attributes.StreamArn,
          TableName: ref,
          StreamLabel: streamLabel,
        })),
    }),

    DescribeStream: ({ StreamArn, ExclusiveStartShardId, Limit = maxShards }) => {
      const { ref, properties } = find(StreamArn);
      const all = journal.listShards(ref);
      const start = all.findIndex(({ id }) => id === ExclusiveStartShardId) + 1;
      const shards = all.slice(start, start + Math.min(Limit, maxShards));
      const hasMore = start + shards.length < all.length;
      return {
        StreamDescription: {
          StreamArn,
          TableName: ref,
          StreamLabel: streamLabel,
          StreamStatus: 'ENABLED',
          StreamViewType: 'NEW_AND_OLD_IMAGES',
          KeySchema: properties.KeySchema,
          Shards: shards.map(({ id, parentId, startingSequenceNumber, endingSequenceNumber }) => ({
            ShardId: id,
            ...(parentId && { ParentShardId: parentId }),
            SequenceNumberRange: {
              StartingSequenceNumber: startingSequenceNumber,
              ...(endingSequenceNumber && { EndingSequenceNumber: endingSequenceNumber }),
            },
          })),
          ...(hasMore && { LastEvaluatedShardId: shards.at(-1)?.id }),
        },
      };
    },

    GetShardIterator: ({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }) => {
      const { ref } = find(StreamArn);
      requireShard(
        journal.listShards(ref).some(({ id }) => id === ShardId),
        ShardId,
      );
      const after = startOf(ShardIteratorType, SequenceNumber, () => journal.latest(ShardId));
      if (journal.read(ShardId, after, 1) === 'trimmed') throw trimmed();
      return { ShardIterator: encodeIterator({ streamArn: StreamArn, shardId: ShardId, after }) };
    },

    GetRecords: ({ ShardIterator, Limit = maxRecords }) => {
      const { streamArn, shardId, after, createdAtMillis } = decodeIterator(ShardIterator);
      if (Date.now() - createdAtMillis > iteratorMinutes * 60_000) {
        throw new StreamsError('ExpiredIteratorException', 'Iterator expired.');
      }
      const result = journal.read(shardId, after, Math.min(Limit, maxRecords));
      if (result === 'trimmed') throw trimmed();
      if (result === undefined) throw missingShard(shardId);
      const fitting = takeFitting(result.records.map((record) => toRecord(record, stack.region)));
      const isCut = fitting.length < result.records.length;
      const next = isCut ? result.records[fitting.length - 1]?.sequenceNumber : result.next;
      return {
        Records: fitting,
        ...(next && { NextShardIterator: encodeIterator({ streamArn, shardId, after: next }) }),
      };
    },
  };

  return async (call: AwsRequest): Promise<AwsResponse> => {
    const principal = accessCheck.identify(call.authorization);
    if (isIdentityError(principal)) return awsError('streams', principal.errorCode, principal.message);
    if (!(call.operation in operations)) {
      return awsError('streams', 'UnknownOperationException', 'The operation does not exist.');
    }
    const operation = call.operation as Operation;
    const request = requestSchemas[operation].safeParse(parseBody(call.rawBody));
    if (!request.success) return awsError('streams', 'ValidationException', z.prettifyError(request.error));
    try {
      const denial = await accessCheck.findDenial(principal, [accessOf(operation, request.data)]);
      if (denial !== undefined) return awsError('streams', 'AccessDeniedException', denial);
      return awsJson('streams', operations[operation](request.data as never));
    } catch (error) {
      if (error instanceof StreamsError) return awsError('streams', error.code, error.message);
      throw error;
    }
  };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
function accessOf(operation: Operation, request: object): Access {
  const streamArn =
    'ShardIterator' in request
      ? decodeIterator(String(request.ShardIterator)).streamArn
      : 'StreamArn' in request
        ? String(request.StreamArn)
        : '*';
  return {
    action: `dynamodb:${operation}`,
    resourceArn: streamArn,
    ...(operation === 'GetRecords' && { use: 'read' as const }),
  };
}

/** The sequence number after which an iterator starts. Absent for the oldest record. */
function startOf(type: string, sequenceNumber: string | undefined, latest: () => string): string | undefined {
  if (type === 'TRIM_HORIZON') return undefined;
  if (type === 'LATEST') return latest();
  if (sequenceNumber === undefined) {
    throw new StreamsError('ValidationException', `SequenceNumber is required for the type ${type}`);
  }
  return type === 'AFTER_SEQUENCE_NUMBER' ? sequenceNumber : String(BigInt(sequenceNumber) - 1n);
}

function toRecord(record: StreamRecord, region: string) {
  const { keys, oldImage, newImage, sequenceNumber, createdAtMillis } = record;
  const kind = oldImage === undefined ? 'INSERT' : newImage === undefined ? 'REMOVE' : 'MODIFY';
  return {
    eventID: randomUUID().replaceAll('-', ''),
    eventName: kind,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(createdAtMillis / 1000),
      Keys: keys,
      ...(newImage && { NewImage: newImage }),
      ...(oldImage && { OldImage: oldImage }),
      SequenceNumber: sequenceNumber,
      SizeBytes: JSON.stringify([keys, newImage, oldImage]).length,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

/** The first records that fit into one response, at least one. */
function takeFitting<Item>(records: readonly Item[]): Item[] {
  let bytes = 0;
  return records.filter((record, index) => {
    bytes += Buffer.byteLength(JSON.stringify(record));
    return index === 0 || bytes <= maxResponseBytes;
  });
}

function encodeIterator(iterator: Omit<Iterator, 'createdAtMillis'>): string {
  return Buffer.from(JSON.stringify({ ...iterator, createdAtMillis: Date.now() })).toString('base64url');
}

function decodeIterator(text: string): Iterator {
  try {
    return iteratorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new StreamsError('ValidationException', 'Invalid ShardIterator.');
  }
}

function requireShard(exists: boolean, shardId: string): void {
  if (!exists) throw missingShard(shardId);
}

function missingShard(shardId: string): StreamsError {
  return new StreamsError(
    'ResourceNotFoundException',
    `Requested resource not found: Shard: ${shardId} not found`,
  );
}

function trimmed(): StreamsError {
  const message = 'The operation attempted to read past the oldest stream record in a shard.';
  return new StreamsError('TrimmedDataAccessException', message);
}
