// Finds the overflow bucket and the entry table of a stage by the names that CloudFormation generates, so that
// operators only pass the stage.
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from './client-settings.ts';
import { asLocalRoot, readLocalStatus } from './local-stack.ts';
import { pickNamed } from './pick-one.ts';
import { bucketStart, findBucket } from './stage-bucket.ts';

/** The overflow bucket and the entry table of one stage, with their clients. */
export interface StageStores {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly bucket: string;
  readonly table: string;
}

/** Which stores: those of a deployed stage, two given by name, or, with neither, those of the local stack at PORT. */
export interface StoreChoice {
  readonly stage: string | undefined;
  readonly names: { readonly bucket: string; readonly table: string } | undefined;
}

/** Fails with CommandError when the local stack does not respond, or unless there is exactly one of each. */
export async function openStores(
  { stage, names }: StoreChoice,
  environment: NodeJS.ProcessEnv,
): Promise<StageStores> {
  if (stage === undefined && names === undefined) {
    const status = await readLocalStatus(environment);
    const settings = { ...clientSettings, ...asLocalRoot(status) };
    return {
      s3: new S3Client({ ...settings, forcePathStyle: true }),
      dynamodb: new DynamoDBClient(settings),
      bucket: pickNamed('bucket', bucketStart('local'), status.buckets),
      table: pickTable('local', status.tables),
    };
  }
  const [s3, dynamodb] = [new S3Client(clientSettings), new DynamoDBClient(clientSettings)];
  if (names !== undefined) return { s3, dynamodb, ...names };
  const wanted = stage ?? '';
  return {
    s3,
    dynamodb,
    bucket: await findBucket(s3, wanted),
    table: pickTable(wanted, await listTables(dynamodb)),
  };
}

function pickTable(stage: string, names: readonly string[]): string {
  return pickNamed('table', `RequestLogs-${stage}-TablesEntries`, names);
}

/** Returns the names of all tables of the account and Region. */
export async function listTables(dynamodb: DynamoDBClient): Promise<string[]> {
  const names: string[] = [];
  let last: string | undefined;
  do {
    const page = await dynamodb.send(new ListTablesCommand({ ExclusiveStartTableName: last }));
    names.push(...(page.TableNames ?? []));
    last = page.LastEvaluatedTableName;
  } while (last !== undefined);
  return names;
}
