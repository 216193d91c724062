// Reads batches from the ingest queue and records them. One bad message never stops its batch.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { environmentNames } from '../core/deployment/environment-names.ts';
import { GrowingEntries } from '../core/recording/growing-entries.ts';
import { Recorder } from '../core/recording/recorder.ts';
import { readRedrive } from '../core/recording/redrive.ts';
import { ShardGrowth } from '../core/recording/shard-growth.ts';
import { DynamoDbDirectoryWriter } from '../store/dynamodb-directory-writer.ts';
import { DynamoDbEntryStore } from '../store/dynamodb-entry-store.ts';
import { DynamoDbShardStepStore } from '../store/dynamodb-shard-steps.ts';
import { deadlinesWithin } from './shared/batch-deadlines.ts';
import { createDocumentClient } from './shared/clients.ts';
import { readIndexShards, readRecordingPolicy } from './shared/configuration.ts';
import { readPositiveInteger, readText } from './shared/environment-variables.ts';
import { logger } from './shared/logs.ts';
import { textsOf } from './shared/message-attributes.ts';
import { metrics } from './shared/metrics.ts';
import { createOverflowStore } from './shared/overflow.ts';
import { reportOutcome } from './shared/record-report.ts';
import { retrySoon } from './shared/retry-visibility.ts';
import { shardGrowthReporter } from './shared/shard-growth-report.ts';
import { createSideQueue } from './shared/side-queues.ts';
import { readTraceHeader } from './shared/trace-header.ts';

const client = createDocumentClient();
const { tableName, directoryTableName, rejectedQueueUrl, deadLetterQueueUrl, ingestQueueUrl } =
  environmentNames;
const queueUrl = readText(ingestQueueUrl);
const directoryTable = { client, tableName: readText(directoryTableName) };
const growth = new ShardGrowth({
  steps: new DynamoDbShardStepStore(directoryTable),
  settings: readIndexShards(),
  writesPerSecond: readPositiveInteger(environmentNames.shardWritesPerSecond),
  concurrency: readPositiveInteger(environmentNames.recorderConcurrency),
  reporter: shardGrowthReporter,
});
const entries = new DynamoDbEntryStore({
  client,
  tableName: readText(tableName),
  shards: growth,
  overflow: createOverflowStore(),
});
const recorder = new Recorder(
  {
    entries: new GrowingEntries(entries, growth),
    directory: new DynamoDbDirectoryWriter(directoryTable),
    rejected: createSideQueue(readText(rejectedQueueUrl)),
    deadLetters: createSideQueue(readText(deadLetterQueueUrl)),
  },
  readRecordingPolicy(),
);

export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(injectLambdaContext(logger, { clearState: true }))
  .use(logMetrics(metrics))
  .handler(async ({ Records }, context) => {
    const outcomes = await recorder.record(
      Records.map(({ body, messageAttributes }) => ({
        body,
        redrive: readRedrive(textsOf(messageAttributes)),
      })),
      deadlinesWithin(context.getRemainingTimeInMillis()),
    );
    const failed = Records.filter((_, index) => outcomes[index]?.status === 'failed');
    for (const [index, { messageId, attributes }] of Records.entries()) {
      const xrayTraceId = readTraceHeader(attributes.AWSTraceHeader)?.traceId;
      const outcome = outcomes[index];
      if (outcome !== undefined) reportOutcome({ messageId, xrayTraceId }, outcome);
    }
    // Only these messages return to the queue. After the last delivery, they go to the dead-letter queue.
    if (failed.length > 0) await retrySoon(queueUrl, failed);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
