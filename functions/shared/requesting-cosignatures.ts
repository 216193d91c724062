// Connects the requests for cosignatures with the services of the stack that the environment names.
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { CosignaturePorts } from '../../core/log/request-cosignatures.ts';
import { httpWitnessClient } from '../../store/http-witness-client.ts';
import { KmsCheckpointSigner } from '../../store/kms-checkpoint-signer.ts';
import { S3LogObjects } from '../../store/s3-log-objects.ts';
import { maxAttempts, requestHandler } from './clients.ts';
import { readPositiveInteger, readText } from './environment-variables.ts';
import { readLogIdentity } from './log-identity.ts';
import { readWitnesses } from './witnesses.ts';

/** Returns what the requests work with, and their settings. Fails with INVALID_CONFIGURATION. */
export function connectWitnesses() {
  const options = { maxAttempts, requestHandler };
  const signer = new KmsCheckpointSigner({
    client: new KMSClient(options),
    keyArn: readText(environmentNames.signingKeyArn),
  });
  const ports: CosignaturePorts = {
    objects: new S3LogObjects({
      client: new S3Client(options),
      bucketName: readText(environmentNames.logBucketName),
      lockMode: 'governance',
    }),
    client: httpWitnessClient,
    publicKey: () => signer.publicKey(),
    now: Date.now,
  };
  return {
    ports,
    identity: readLogIdentity(),
    witnesses: readWitnesses(),
    intervalMillis: readPositiveInteger(environmentNames.sealIntervalSeconds) * 1000,
  };
}
