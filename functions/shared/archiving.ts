// Connects the archiver with the services of the stack that the environment names.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { ArchiverPorts } from '../../core/log/archiver.ts';
import { DynamoDbSequencerStore } from '../../store/dynamodb-sequencer-store.ts';
import { parquetColumnFiles } from '../../store/parquet-column-files.ts';
import { S3LogObjects } from '../../store/s3-log-objects.ts';
import { maxAttempts, requestHandler } from './clients.ts';
import { readPositiveInteger, readText } from './environment-variables.ts';
import { readLogLock } from './log-lock.ts';

/** Returns what the archiver works with, and its settings. Fails with INVALID_CONFIGURATION. */
export function connectArchiver() {
  const options = { maxAttempts, requestHandler };
  const lock = readLogLock();
  const ports: ArchiverPorts = {
    objects: new S3LogObjects({
      client: new S3Client(options),
      bucketName: readText(environmentNames.logBucketName),
      lockMode: lock.mode,
    }),
    sequencer: new DynamoDbSequencerStore({
      client: DynamoDBDocumentClient.from(new DynamoDBClient(options)),
      tableName: readText(environmentNames.sequencerTableName),
    }),
    columns: parquetColumnFiles,
    now: Date.now,
  };
  const intervalMillis = readPositiveInteger(environmentNames.archiveIntervalMinutes) * 60_000;
  return { ports, lockDays: lock.days, intervalMillis };
}
