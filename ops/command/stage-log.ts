// Finds the bucket and the sequencer table of a stage's sealed log by the names that CloudFormation generates, and reads
// verifier keys from files.
import { readFileSync } from 'node:fs';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { type NoteKey, readVerifierKey } from '../../core/log/signed-note.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import { readLocalStatus } from './local-stack.ts';
import { pickNamed } from './pick-one.ts';
import { listTables, type StageStores } from './stage-stores.ts';

/** Returns the name of the log bucket of a stage, or of the local stack. Fails with CommandError unless there is one. */
export async function findLogBucket(stage: string | undefined, { s3 }: StageStores): Promise<string> {
  const start = `requestlogs-${stage ?? 'local'}-sealedlogbucket`;
  if (stage === undefined) return pickNamed('bucket', start, (await readLocalStatus(process.env)).buckets);
  const names: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListBucketsCommand({ Prefix: start, MaxBuckets: 1000, ContinuationToken }),
    );
    names.push(...(page.Buckets ?? []).map(({ Name = '' }) => Name));
    ({ ContinuationToken } = page);
  } while (ContinuationToken);
  return pickNamed('bucket', start, names);
}

/** Returns the name of the sequencer table of a stage, or of the local stack. Fails with CommandError unless there is one. */
export async function findSequencerTable(
  stage: string | undefined,
  { dynamodb }: StageStores,
): Promise<string> {
  const start = `RequestLogs-${stage ?? 'local'}-SealedLogSequencer`;
  const names =
    stage === undefined ? (await readLocalStatus(process.env)).tables : await listTables(dynamodb);
  return pickNamed('table', start, names);
}

/** Returns the key in the file that `--key` names. Fails with UsageError. */
export function readLogKey(file: string | undefined): NoteKey {
  if (file === undefined) throw new UsageError('--key is required: a file with the verifier key of a log');
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UsageError(`--key ${escapeForTerminal(file)} cannot be read`, { cause: error });
  }
  const key = readVerifierKey(text);
  if (key === undefined) throw new UsageError(`--key ${escapeForTerminal(file)} is not a verifier key`);
  return key;
}
