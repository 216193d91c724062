// Records past events at the time when their services would have sent them. The recorder's function cannot do that: it
// takes the time from the clock. So the recorder's own code runs here, with the permissions of the function's role.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { producersSchema } from '../../core/access/producers.ts';
import { roleMapSchema } from '../../core/access/role-map.ts';
import { detailTypes } from '../../core/contract/vocabulary.ts';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { buildEntry } from '../../core/recording/build-entry.ts';
import { Recorder } from '../../core/recording/recorder.ts';
import { describeRejection } from '../../core/recording/rejection.ts';
import type { OverflowStore, SideQueue } from '../../core/storage/ports.ts';
import { fixedShards } from '../../core/storage/shard-counts.ts';
import { indexShardsSchema } from '../../core/storage/shards.ts';
import { DynamoDbDirectoryWriter } from '../../store/dynamodb-directory-writer.ts';
import { DynamoDbEntryStore } from '../../store/dynamodb-entry-store.ts';
import { functionKind } from '../cloudformation/kinds/lambda.ts';
import { LocalStackError } from '../shared/errors.ts';
import type { LocalStack } from '../stack/local-stack-types.ts';
import type { TimedEvent } from './story.ts';

/** Records a batch of events. */
export type RecordHistory = (events: readonly TimedEvent[]) => Promise<void>;

/**
 * Returns a function that records events as if the recorder had received them at their time. Recording an event twice
 * has no effect. It fails with LocalStackError if an event is not recorded, or if the stack has no recorder.
 */
export function openHistory(stack: LocalStack): RecordHistory {
  const recorder = createRecorder(stack);
  return async (events) => {
    const bodies = events.map((event) => envelopeOf(event, stack.stack.accountId));
    for (const outcome of await recorder.record(bodies, {
      startUntilMillis: Number.POSITIVE_INFINITY,
      retryUntilMillis: Date.now() + retryMillis,
    })) {
      if (outcome.status === 'recorded' || outcome.status === 'duplicate') continue;
      const why = outcome.status === 'failed' ? String(outcome.error) : JSON.stringify(outcome.issues);
      throw new LocalStackError(`cannot record the demonstration data: ${why}`);
    }
  };
}

/** How long throttled inserts of a batch are retried. */
const retryMillis = 30_000;

function createRecorder(stack: LocalStack): Recorder {
  const lambda = stack.stack
    .resources(functionKind)
    .find(({ properties }) => properties.Environment?.Variables?.[environmentNames.rejectedQueueUrl]);
  if (lambda === undefined) {
    throw new LocalStackError('the stack has no recorder to load the demonstration data with');
  }
  const variables = lambda.properties.Environment?.Variables ?? {};
  const read = (name: string) => String(variables[name] ?? '');
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: stack.url,
      region: stack.stack.region,
      credentials: stack.credentialsOf(lambda.logicalId),
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  return new Recorder(
    {
      entries: new DynamoDbEntryStore({
        client,
        tableName: read(environmentNames.tableName),
        shards: fixedShards(indexShardsSchema.parse(JSON.parse(read(environmentNames.indexShards)))),
        overflow: noOverflow,
      }),
      directory: new DynamoDbDirectoryWriter({
        client,
        tableName: read(environmentNames.directoryTableName),
      }),
      rejected: noQueue,
      deadLetters: noQueue,
    },
    {
      roleMap: roleMapSchema.parse(JSON.parse(read(environmentNames.roleMap))),
      producers: producersSchema.parse(JSON.parse(read(environmentNames.producers))),
    },
    Date.now,
    {
      // An envelope carries the time at which the event was received.
      buildEntry: (envelope, policy) => buildEntry(envelope, policy, receivedAtMillis(envelope)),
      describeRejection,
    },
  );
}

function receivedAtMillis(envelope: unknown): number {
  return Date.parse(timeSchema.parse(envelope).time);
}

const timeSchema = z.object({ time: z.string() });

/** The event as EventBridge would have delivered it. The recorder redacts it. */
function envelopeOf({ event, recordedAtMillis }: TimedEvent, account: string): string {
  const { detail } = event;
  return JSON.stringify({
    id: `history-${event.detail.eventId}`,
    source: detailTypes[event.detailType].source,
    'detail-type': event.detailType,
    account,
    time: new Date(recordedAtMillis).toISOString(),
    detail,
  });
}

/** The demonstration has neither invalid events nor states that do not fit an item, so these must not be used. */
const noQueue: SideQueue = {
  send: () => Promise.reject(new LocalStackError('the demonstration data has an invalid event')),
};

const noOverflow: OverflowStore = {
  put: () => Promise.reject(new LocalStackError('the demonstration data has a state that is too large')),
  get: async () => undefined,
};
