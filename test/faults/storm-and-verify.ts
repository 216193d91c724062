// Runs one storm from empty tables to the verdict.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Assembly } from '../../local/cloudformation/assembly.ts';
import { backendClient } from '../../local/dynamodb/tables.ts';
import { localAccountId, localRegion } from '../../local/shared/environment.ts';
import { findFreePort } from '../../local/shared/free-port.ts';
import type { LocalStack } from '../../local/stack/local-stack-types.ts';
import { S3OverflowStore } from '../../store/s3-overflow-store.ts';
import type { DynamoDbEngine } from '../support/dynoxide.ts';
import type { Sabotage } from './sabotage.ts';
import { runStorm, type Settled } from './storm.ts';
import { type Verdict, verifySettled } from './verify.ts';
import { type BucketFigures, verifyBucket } from './verify-bucket.ts';

export interface StormRun {
  readonly seed: number;
  readonly events: number;
  readonly tenfoldShare: number;
  readonly sabotage: Sabotage | undefined;
}

export interface FinishedRun extends StormRun {
  readonly settled: Settled;
  readonly verdict: Verdict;
  readonly objects: BucketFigures;
}

export async function stormAndVerify(
  options: StormRun & {
    readonly assembly: Assembly;
    readonly dataDir: string;
    readonly store: DynamoDbEngine;
    readonly say: (line: string) => void;
  },
): Promise<FinishedRun> {
  const { seed, events, tenfoldShare, sabotage, store, say } = options;
  const name = `storm${sabotage ?? ''}`.replaceAll('-', '');
  const dataDir = join(options.dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  const dynamodb = backendClient(new URL(store.endpoint), name, localRegion);
  const client = DynamoDBDocumentClient.from(dynamodb);
  const settled = await runStorm({
    ...options,
    dataDir,
    port: await findFreePort(),
    dynamodbEndpoint: store.endpoint,
    // Some emulators keep a database for each access key.
    dynamodbAccessKeyId: name,
  });
  say('verifying');
  const stack = settled.stack.running;
  const { s3, bucketName } = openOverflowBucket(stack);
  const overflow = new S3OverflowStore({ client: s3, bucketName });
  const verdict = await verifySettled(stack, client, overflow, { seed, ...settled });
  const table = stack.status().tables.find((one) => one.includes('Entries')) ?? '';
  const objects = await verifyBucket({ s3, dynamodb, bucket: bucketName, table }, verdict.wrong);
  await settled.stack.stop();
  client.destroy();
  if (!settled.isDrained)
    verdict.wrong.add('the queue was not drained', 'see the remaining messages in Ingest');
  if (sabotage === undefined) {
    for (const kind of settled.tally.missing()) verdict.wrong.add('a kind of fault never happened', kind);
  }
  return { seed, events, tenfoldShare, sabotage, settled, verdict, objects };
}

/** With the credentials of the account's root user. */
function openOverflowBucket(stack: LocalStack): { s3: S3Client; bucketName: string } {
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${stack.port}`,
    region: localRegion,
    credentials: { accessKeyId: localAccountId, secretAccessKey: 'local' },
    forcePathStyle: true,
  });
  return { s3, bucketName: stack.status().buckets.find((name) => name.includes('overflow')) ?? '' };
}
