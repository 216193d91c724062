// Connects the sealer with the services of the stack that the environment names.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { SealerPorts } from '../../core/log/sealer.ts';
import { describeItem } from '../../store/describe-item.ts';
import { DynamoDbEntryScan } from '../../store/dynamodb-entry-scan.ts';
import { DynamoDbEntryStream } from '../../store/dynamodb-entry-stream.ts';
import { DynamoDbSequencerStore } from '../../store/dynamodb-sequencer-store.ts';
import { KmsCheckpointSigner } from '../../store/kms-checkpoint-signer.ts';
import { S3LogObjects } from '../../store/s3-log-objects.ts';
import { maxAttempts, requestHandler } from './clients.ts';
import { readPositiveInteger, readText } from './environment-variables.ts';
import { readLogIdentity } from './log-identity.ts';
import { readLogLock } from './log-lock.ts';

/** Returns what the sealer works with, and its settings. Fails with INVALID_CONFIGURATION. */
export function connectSealer() {
  const options = { maxAttempts, requestHandler };
  const client = new DynamoDBClient(options);
  const lock = readLogLock();
  const ports: SealerPorts = {
    objects: new S3LogObjects({
      client: new S3Client(options),
      bucketName: readText(environmentNames.logBucketName),
      lockMode: lock.mode,
    }),
    sequencer: new DynamoDbSequencerStore({
      client: DynamoDBDocumentClient.from(client),
      tableName: readText(environmentNames.sequencerTableName),
    }),
    signer: new KmsCheckpointSigner({
      client: new KMSClient(options),
      keyArn: readText(environmentNames.signingKeyArn),
    }),
    stream: new DynamoDbEntryStream({
      client: new DynamoDBStreamsClient(options),
      streamArn: readText(environmentNames.entryStreamArn),
    }),
    entries: new DynamoDbEntryScan({ client, tableName: readText(environmentNames.tableName) }),
    describe: describeItem,
    now: Date.now,
  };
  return {
    ports,
    identity: readLogIdentity(),
    lockDays: lock.days,
    intervalMillis: readPositiveInteger(environmentNames.sealIntervalSeconds) * 1000,
  };
}
