// Reads batches from the ingest queue and records them. One bad message never stops its batch.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { environmentNames } from '../core/deployment/environment-names.ts';
import { Recorder } from '../core/recording/recorder.ts';
import { readRedrive } from '../core/recording/redrive.ts';
import { DynamoDbDirectoryWriter } from '../store/dynamodb-directory-writer.ts';
import { DynamoDbEntryStore } from '../store/dynamodb-entry-store.ts';
import { deadlinesWithin } from './shared/batch-deadlines.ts';
import { createDocumentClient } from './shared/clients.ts';
import { readIndexShards, readRecordingPolicy } from './shared/configuration.ts';
import { readText } from './shared/environment-variables.ts';
import { logger } from './shared/logs.ts';
import { textsOf } from './shared/message-attributes.ts';
import { metrics } from './shared/metrics.ts';
import { createOverflowStore } from './shared/overflow.ts';
import { reportOutcome } from './shared/record-report.ts';
import { retrySoon } from './shared/retry-visibility.ts';
import { createSideQueue } from './shared/side-queues.ts';
import { readTraceHeader } from './shared/trace-header.ts';

const client = createDocumentClient();
const { tableName, directoryTableName, rejectedQueueUrl, deadLetterQueueUrl, ingestQueueUrl } =
  environmentNames;
const queueUrl = readText(ingestQueueUrl);
const recorder = new Recorder(
  {
    entries: new DynamoDbEntryStore({
      client,
      tableName: readText(tableName),
      shards: readIndexShards(),
      overflow: createOverflowStore(),
    }),
    directory: new DynamoDbDirectoryWriter({ client, tableName: readText(directoryTableName) }),
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
