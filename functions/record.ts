// Takes batches off the ingest queue and records them. One bad message never stops its batch.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { environmentNames } from '../core/deployment/environment-names.ts';
import { metricNames } from '../core/deployment/metric-names.ts';
import { Recorder } from '../core/recording/recorder.ts';
import { DynamoDbDirectoryWriter } from '../store/dynamodb-directory-writer.ts';
import { DynamoDbEntryStore } from '../store/dynamodb-entry-store.ts';
import { createDocumentClient } from './shared/clients.ts';
import { readIndexShards, readRecordingPolicy } from './shared/configuration.ts';
import { readText } from './shared/environment-variables.ts';
import { describeError, logger } from './shared/logs.ts';
import { metrics } from './shared/metrics.ts';
import { createOverflowStore } from './shared/overflow.ts';
import { reportOutcome } from './shared/record-report.ts';
import { createSideQueue } from './shared/side-queues.ts';
import { readTraceHeader } from './shared/trace-header.ts';

const client = createDocumentClient();
const { tableName, directoryTableName, rejectedQueueUrl, deadLetterQueueUrl } = environmentNames;
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
const processor = new BatchProcessor(EventType.SQS);

async function recordMessage({ messageId, body, attributes }: SQSRecord): Promise<void> {
  const ids = { messageId, xrayTraceId: readTraceHeader(attributes.AWSTraceHeader)?.traceId };
  try {
    reportOutcome(ids, await recorder.record(body));
  } catch (error) {
    // Only this message returns to the queue; after its last try it goes to the dead letters.
    metrics.addMetric(metricNames.failures, MetricUnit.Count, 1);
    logger.error('message not recorded, will be tried again', { ...ids, error: describeError(error) });
    throw error;
  }
}

export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(injectLambdaContext(logger, { clearState: true }))
  .use(logMetrics(metrics))
  .handler((event, context) =>
    processPartialResponse(event, recordMessage, processor, { context, throwOnFullBatchFailure: false }),
  );
