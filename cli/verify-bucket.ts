// Reads a copy of the log bucket for verification, without the API: leaves from its entry bundles, entries and disputes
// from its archive. Trusts only the key that was pinned or given.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { archivePrefix, readArchiveKey } from '../core/log/archive-keys.ts';
import { readArchiveLine } from '../core/log/archive-line.ts';
import { type Checkpoint, openCheckpoint } from '../core/log/checkpoint.ts';
import { readCosignatureRecord } from '../core/log/cosignature-record.ts';
import { toLeaf } from '../core/log/leaf.ts';
import { batchRecordPrefix, checkpointKey, readBatchRecordKey } from '../core/log/object-keys.ts';
import { type NoteKey, readVerifierKey } from '../core/log/signed-note.ts';
import { readTile } from '../core/log/tile-reader.ts';
import { tileWidth, widthAt } from '../core/log/tiles.ts';
import { equalBytes, fromUtf8 } from '../core/values/bytes.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { BucketFolder } from './bucket-folder.ts';
import type { VerifyCommand } from './commands.ts';
import { defaultStateFile, KnownLogs } from './known-logs.ts';
import type { IndexedLeaf } from './verify-all.ts';
import type { OpenedContent } from './verify-report.ts';
import { openWitnessed } from './verify-witnesses.ts';

/** What was sealed this long before the last batch must be in the archive, which is written every hour. */
const archivedWithinMillis = 2 * 3_600_000;

/** Opens the copy. Fails with CommandError if there is no key, or the copy is not a log that the key signed. */
export async function openBucket(
  command: VerifyCommand,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<OpenedContent> {
  const bucket = new BucketFolder(folder);
  const organizationId = command.organizationId ?? (await findOnlyOrganization(bucket, folder));
  const object = await bucket.get(checkpointKey(organizationId));
  if (object === undefined) throw new CommandError(`${folder} has no log of ${organizationId}`);
  const note = fromUtf8(object.bytes);
  const name = note.slice(0, note.indexOf('\n'));
  const known = new KnownLogs(command.stateFile ?? defaultStateFile(environment)).findByLog(name);
  const key = readKey(
    command.keyFile === undefined ? known?.key : readFileSync(command.keyFile, 'utf8'),
    name,
  );
  const checkpoint = await openCheckpoint(note, key);
  if (checkpoint === undefined) throw new CommandError('the key did not sign the checkpoint of the copy');
  const kept = await openEarlier(known?.checkpoint, 'of the last run', key);
  const given = command.since === undefined ? undefined : readFileSync(command.since, 'utf8');
  const since = await openEarlier(given, 'in the file', key);
  const { witnesses } = await readCosignatureRecord(bucket, organizationId);
  const notes = witnesses.map((one) => one.checkpoint);
  const witnessed = await openWitnessed(notes, key, command.witnesses);
  for (const { witness, checkpoint: cosigned } of witnessed) {
    if (cosigned.size <= checkpoint.size) continue;
    throw new CommandError(
      `the copy has ${checkpoint.size} entries, fewer than ${escapeForTerminal(witness.name)} cosigned: ${cosigned.size}`,
    );
  }
  // A copy can be older than what the API showed since then.
  const earlier = [kept, since].flatMap((one) => (one && one.size <= checkpoint.size ? [one] : []));
  if (since !== undefined && since.size > checkpoint.size) {
    throw new CommandError(
      `the copy has ${checkpoint.size} entries, fewer than the checkpoint in the file: ${since.size}`,
    );
  }
  return {
    name,
    checkpoint,
    kept: earlier.find((one) => one === kept),
    witnessed,
    earlier: [...earlier, ...witnessed.map((one) => one.checkpoint)],
    content: {
      leaves: readLeaves(bucket, organizationId, checkpoint.size),
      found: readArchive(bucket, organizationId),
      newFrom: await findNewFrom(bucket, organizationId),
    },
  };
}

async function findOnlyOrganization(bucket: BucketFolder, folder: string): Promise<string> {
  const [first, ...others] = await bucket.listFolders('logs');
  if (first === undefined) throw new CommandError(`${folder} is not a copy of a log bucket: it has no logs/`);
  if (others.length === 0) return first;
  throw new CommandError(`${folder} has the logs of several organizations; choose one with --organization`);
}

function readKey(text: string | undefined, name: string): NoteKey {
  if (text === undefined) throw new CommandError(`no key is pinned for ${name}; use --key FILE`);
  const key = readVerifierKey(text.trim());
  if (key === undefined) throw new CommandError('the key is not a verifier key');
  if (key.name === name) return key;
  throw new CommandError(`the key is that of ${key.name}, not of ${name}`);
}

async function openEarlier(
  note: string | undefined,
  which: string,
  key: NoteKey,
): Promise<Checkpoint | undefined> {
  if (note === undefined) return undefined;
  const earlier = await openCheckpoint(note, key);
  if (earlier === undefined) throw new CommandError(`the key did not sign the checkpoint ${which}`);
  return earlier;
}

/** Returns the index from which leaves are too new to be in the archive for certain. */
async function findNewFrom(bucket: BucketFolder, organizationId: string): Promise<number> {
  const { keys } = await bucket.list(batchRecordPrefix(organizationId));
  const batches = keys.flatMap((key) => readBatchRecordKey(key) ?? []);
  const newest = Math.max(0, ...batches.slice(-1).map(({ decidedAtMillis }) => decidedAtMillis));
  const archived = batches.filter(({ decidedAtMillis }) => decidedAtMillis < newest - archivedWithinMillis);
  return archived.at(-1)?.size ?? 0;
}

async function* readLeaves(bucket: BucketFolder, organizationId: string, size: number) {
  for (let index = 0; index * tileWidth < size; index++) {
    const name = { level: 'entries', index, width: widthAt('entries', index, size) } as const;
    const leaves = await readTile(bucket, organizationId, name);
    if (leaves === undefined) throw new CommandError(`the copy has no entry bundle ${index}`);
    yield* leaves;
  }
}

/** Yields the archived entries and disputes in the order of the log. Holds one object of each kind and retention. */
async function* readArchive(bucket: BucketFolder, organizationId: string): AsyncGenerator<IndexedLeaf> {
  const streams: AsyncGenerator<IndexedLeaf>[] = [];
  for (const kind of ['entries', 'disputes'] as const) {
    for (const retention of await bucket.listFolders(`${archivePrefix}${kind}`)) {
      const prefix = `${archivePrefix}${kind}/${retention}/organization=${organizationId}/`;
      streams.push(readArchiveObjects(bucket, prefix, kind === 'entries' ? 'entry' : 'dispute'));
    }
  }
  const heads = await Promise.all(streams.map((stream) => stream.next()));
  for (;;) {
    let lowest: number | undefined;
    for (const [at, head] of heads.entries()) {
      const best = lowest === undefined ? undefined : heads[lowest];
      if (!head.done && (best === undefined || best.done || head.value.index < best.value.index)) lowest = at;
    }
    const head = lowest === undefined ? undefined : heads[lowest];
    const stream = lowest === undefined ? undefined : streams[lowest];
    if (lowest === undefined || head === undefined || head.done || stream === undefined) return;
    yield head.value;
    heads[lowest] = await stream.next();
  }
}

async function* readArchiveObjects(
  bucket: BucketFolder,
  prefix: string,
  kind: 'entry' | 'dispute',
): AsyncGenerator<IndexedLeaf> {
  const { keys } = await bucket.list(prefix);
  for (const key of keys) {
    if (readArchiveKey(key) === undefined) throw new CommandError(`${key} is not an object of the archive`);
    const object = await bucket.get(key);
    for (const line of fromUtf8(gunzip(object?.bytes ?? new Uint8Array(), key)).split('\n')) {
      if (line !== '') yield toFound(line, kind, key);
    }
  }
}

function gunzip(bytes: Uint8Array, key: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new CommandError(`${key} is damaged: it is not gzip`, { cause: error });
  }
}

function toFound(line: string, kind: 'entry' | 'dispute', key: string): IndexedLeaf {
  const archived = readArchiveLine(line);
  if (archived === undefined)
    throw new CommandError(`${key} has a line that was changed: ${line.slice(0, 60)}`);
  const { index, nonce, committed: text, expiresAt } = archived;
  const mismatch = (leaf: Uint8Array) =>
    equalBytes(toLeaf({ kind, nonce, text, expiresAt }), leaf)
      ? undefined
      : 'the archived entry is not the one that was sealed';
  return { index, mismatch };
}
