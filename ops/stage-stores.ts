// Finds the overflow bucket and the entry table of a stage by their names, so that an operator needs to know nothing but
// the stage.
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { CommandError } from '../terminal/command-error.ts';
import { clientSettings } from './client-settings.ts';
import { askLocalStack, asLocalRoot } from './local-stack.ts';
import type { SearchedStores } from './orphans.ts';

/** Which stores: a deployed stage, two by their names, or (neither) those of the local stack at PORT. */
export interface StoreChoice {
  readonly stage: string | undefined;
  readonly names: { readonly bucket: string; readonly table: string } | undefined;
}

/** Clients and names. Fails with CommandError when no local stack answers, or there is not exactly one of each. */
export async function openStores(
  { stage, names }: StoreChoice,
  environment: NodeJS.ProcessEnv,
): Promise<SearchedStores> {
  if (stage === undefined && names === undefined) {
    const status = await askLocalStack(environment);
    const settings = { ...clientSettings, ...asLocalRoot(status) };
    return {
      s3: new S3Client({ ...settings, forcePathStyle: true }),
      dynamodb: new DynamoDBClient(settings),
      ...pick('local', status.buckets, status.tables),
    };
  }
  const [s3, dynamodb] = [new S3Client(clientSettings), new DynamoDBClient(clientSettings)];
  if (names !== undefined) return { s3, dynamodb, ...names };
  const wanted = stage ?? '';
  return {
    s3,
    dynamodb,
    ...pick(wanted, await listBuckets(s3, bucketStart(wanted)), await listTables(dynamodb)),
  };
}

/** CloudFormation names buckets in small letters. */
function bucketStart(stage: string): string {
  return `requestlogs-${stage}-overflowbucket`;
}

function tableStart(stage: string): string {
  return `RequestLogs-${stage}-TablesEntries`;
}

function pick(stage: string, buckets: readonly string[], tables: readonly string[]) {
  return {
    bucket: findOne('bucket', bucketStart(stage), buckets),
    table: findOne('table', tableStart(stage), tables),
  };
}

function findOne(kind: string, start: string, names: readonly string[]): string {
  const found = names.filter(
    (name) => name.startsWith(start) && /^[0-9a-fA-F]{8}(?:-[0-9A-Za-z]+)?$/.test(name.slice(start.length)),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const how = 'name both with --bucket and --table, as the outputs of the stack say';
  throw new CommandError(
    only === undefined
      ? `there is no ${kind} ${start}… here; is it the right account and region? Else ${how}`
      : `there are several ${kind}s ${start}…: ${found.join(', ')}; ${how}`,
  );
}

async function listBuckets(s3: S3Client, Prefix: string): Promise<string[]> {
  const names: string[] = [];
  const BucketRegion = await s3.config.region();
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListBucketsCommand({ Prefix, BucketRegion, MaxBuckets: 1000, ContinuationToken: token }),
    );
    names.push(...(page.Buckets ?? []).map(({ Name = '' }) => Name));
    token = page.ContinuationToken;
  } while (token !== undefined && token !== '');
  return names;
}

async function listTables(dynamodb: DynamoDBClient): Promise<string[]> {
  const names: string[] = [];
  let last: string | undefined;
  do {
    const page = await dynamodb.send(new ListTablesCommand({ ExclusiveStartTableName: last }));
    names.push(...(page.TableNames ?? []));
    last = page.LastEvaluatedTableName;
  } while (last !== undefined);
  return names;
}
