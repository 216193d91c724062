// Reads the sealed log for API functions: the bucket, and the key that signs checkpoints.
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { LogHead } from '../../core/log/batch-record.ts';
import { originOf } from '../../core/log/checkpoint.ts';
import { readCosignatureRecord, type WitnessedCheckpoint } from '../../core/log/cosignature-record.ts';
import { LogReader } from '../../core/log/log-reader.ts';
import type { NoteKey } from '../../core/log/signed-note.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';
import { KmsCheckpointSigner } from '../../store/kms-checkpoint-signer.ts';
import { S3LogObjects } from '../../store/s3-log-objects.ts';
import { maxAttempts, requestHandler } from './clients.ts';
import { readText } from './environment-variables.ts';
import { readLogIdentity } from './log-identity.ts';

/** The log of an organization. */
export interface OpenedLog {
  readonly log: LogReader;
  /** The key that verifies it. */
  readonly key: NoteKey;
  /** Returns the latest checkpoints that witnesses cosigned. Reads nothing if no witness is configured. */
  readonly readCosigned: () => Promise<readonly WitnessedCheckpoint[]>;
}

/** Opens the log of an organization. */
export type OpenLog = (organizationId: string) => Promise<OpenedLog>;

/** Connects to the logs that the environment names. Fails with INVALID_CONFIGURATION. */
export function connectLogs(): OpenLog {
  const options = { maxAttempts, requestHandler };
  const bucketName = readText(environmentNames.logBucketName);
  const objects = new S3LogObjects({ client: new S3Client(options), bucketName, lockMode: 'governance' });
  const signer = new KmsCheckpointSigner({
    client: new KMSClient(options),
    keyArn: readText(environmentNames.signingKeyArn),
  });
  const identity = readLogIdentity();
  const hasWitnesses = process.env[environmentNames.witnesses] !== undefined;
  return async (organizationId) => {
    const key = { name: originOf(identity, organizationId), publicKey: await signer.publicKey() };
    const readCosigned = async () =>
      hasWitnesses ? (await readCosignatureRecord(objects, organizationId)).witnesses : [];
    return { log: new LogReader(objects, organizationId, key), key, readCosigned };
  };
}

/** Returns the error for what is not in the sealed log yet. */
export function notSealed(what: string): RequestLogsError {
  return new RequestLogsError(errorCodes.notSealed, `${what} is not sealed yet; try again in a minute`);
}

/** Returns the head of the log. Fails with NOT_SEALED if the log is empty. */
export async function requireHead(log: LogReader): Promise<LogHead> {
  const head = await log.readHead();
  if (head === undefined) throw notSealed('the log of this organization');
  return head;
}
