// Finds the overflow bucket of a deployed stage. CloudFormation names it `<stack>-<logical id>-<random>` in lower case
// and truncates it to 63 characters in an undocumented way, so the buckets of two long stage names can look alike.
import { GetBucketTaggingCommand, ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';
import { CommandError } from '../../terminal/command-error.ts';
import { passBothNames, pickNamed, pickOne } from './pick-one.ts';

/** Characters of a stage that truncation is assumed to keep. The bucket name of a shorter stage is unambiguous. */
const minKeptLength = 12;

/** Tag that only CloudFormation can set. */
const stackTag = 'aws:cloudformation:stack-name';

/** Start of the bucket name when it is not truncated. Eight digits of the logical id follow. */
export function bucketStart(stage: string): string {
  return `requestlogs-${stage}-overflowbucket`;
}

/** Fails with CommandError unless there is exactly one bucket, or when the tags of a candidate cannot be read. */
export async function findBucket(s3: S3Client, stage: string): Promise<string> {
  if (stage.length < minKeptLength) {
    const start = bucketStart(stage);
    return pickNamed('bucket', start, await listBuckets(s3, start));
  }
  const start = `requestlogs-${stage.slice(0, minKeptLength)}`;
  const names = (await listBuckets(s3, start)).filter((name) => canBelongTo(stage, name));
  const stack = `RequestLogs-${stage}`;
  const owned: string[] = [];
  for (const name of names) if ((await readStack(s3, name)) === stack) owned.push(name);
  return pickOne(owned, `bucket ${start}…-overflowbucket… of ${stack}`);
}

/** Whether the name starts with the stack name, possibly truncated, followed by what can be the bucket's logical id. */
function canBelongTo(stage: string, name: string): boolean {
  const stackPart = /^(.+)-overflow[0-9a-z]*-[0-9a-z]+$/.exec(name)?.[1];
  return stackPart !== undefined && `requestlogs-${stage}`.startsWith(stackPart);
}

/** The stack that created the bucket; `undefined` when no stack did. */
async function readStack(s3: S3Client, name: string): Promise<string | undefined> {
  try {
    const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket: name }));
    return TagSet.find(({ Key }) => Key === stackTag)?.Value;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'NoSuchTagSet') return undefined;
    if (!/^AccessDenied/.test(error.name)) throw error;
    const why = `cannot determine the stack of bucket ${name} without s3:GetBucketTagging`;
    throw new CommandError(`${why}; ${passBothNames}`, { cause: error });
  }
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
