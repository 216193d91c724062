// Finds the overflow bucket of a deployed stage. CloudFormation names it `<stack>-<logical id>-<random>` in small letters,
// and cuts, nobody says how, what exceeds the 63 letters of a bucket's name: the buckets of two long stages look alike.
import { GetBucketTaggingCommand, ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';
import { CommandError } from '../../terminal/command-error.ts';
import { nameBoth, pickNamed, pickOne } from './pick-one.ts';

/** Letters of a stage that cutting is taken to leave: below, a whole name is no other stage's. */
const shortestCut = 12;

/** CloudFormation's own tag, which nobody else can set. */
const stackTag = 'aws:cloudformation:stack-name';

/** What a bucket's name begins with while it is not cut; eight digits of the logical id follow. */
export function bucketStart(stage: string): string {
  return `requestlogs-${stage}-overflowbucket`;
}

/** Fails with CommandError when there is not exactly one, or one that may be it does not say whose it is. */
export async function findBucket(s3: S3Client, stage: string): Promise<string> {
  if (stage.length < shortestCut) {
    const start = bucketStart(stage);
    return pickNamed('bucket', start, await listBuckets(s3, start));
  }
  const start = `requestlogs-${stage.slice(0, shortestCut)}`;
  const names = (await listBuckets(s3, start)).filter((name) => isPerhapsOf(stage, name));
  const stack = `RequestLogs-${stage}`;
  const owned: string[] = [];
  for (const name of names) if ((await readStack(s3, name)) === stack) owned.push(name);
  return pickOne(owned, `bucket ${start}…-overflowbucket… of ${stack}`);
}

/** Whether the name begins with the stack's, whole or cut, and goes on with what may be the bucket's logical id. */
function isPerhapsOf(stage: string, name: string): boolean {
  const stackPart = /^(.+)-overflow[0-9a-z]*-[0-9a-z]+$/.exec(name)?.[1];
  return stackPart !== undefined && `requestlogs-${stage}`.startsWith(stackPart);
}

/** The stack that made the bucket; `undefined` when none did. */
async function readStack(s3: S3Client, name: string): Promise<string | undefined> {
  try {
    const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket: name }));
    return TagSet.find(({ Key }) => Key === stackTag)?.Value;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'NoSuchTagSet') return undefined;
    if (!/^AccessDenied/.test(error.name)) throw error;
    const why = `without s3:GetBucketTagging it cannot be told whose ${name} is`;
    throw new CommandError(`${why}; ${nameBoth}`, { cause: error });
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
