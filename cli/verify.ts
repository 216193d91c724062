// The verify command: verifies entries against the sealed log. Trusts only the pinned key and the kept checkpoints, not
// the API.
import { readFileSync } from 'node:fs';
import { ApiError, type Entry, type RequestLogsClient } from '../client/client.ts';
import { logEntrySchema } from '../core/entry/entry-schemas.ts';
import { type Checkpoint, openCheckpoint } from '../core/log/checkpoint.ts';
import { type NoteKey, readVerifierKey } from '../core/log/signed-note.ts';
import { continues, verifyProof } from '../core/log/verify-proof.ts';
import { escapeForTerminal, escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { formatCount } from '../terminal/format-count.ts';
import type { Output } from '../terminal/output.ts';
import type { VerifyCommand } from './commands.ts';
import { defaultStateFile, KnownLogs } from './known-logs.ts';
import { toQuery } from './search-query.ts';
import { readLogFromApi } from './verify-all.ts';
import { openBucket } from './verify-bucket.ts';
import { reportLog } from './verify-report.ts';
import { describeWitnesses, openWitnessed, toWitnessRows, type Witnessed } from './verify-witnesses.ts';

/** What the verify command uses. */
export interface VerifyContext {
  readonly client: RequestLogsClient;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
  /** The origin of the API, under which the key is pinned. */
  readonly origin: string;
  readonly now: () => number;
}

/** An entry that was recorded this long ago must be sealed. */
const sealedWithinMillis = 15 * 60_000;

/** Entries verified at the same time. */
const concurrency = 8;

/** What the command found. */
interface VerifyResult {
  readonly log: string;
  /** The size of the log that was verified. */
  readonly size: number;
  /** The size of the checkpoint that was kept from an earlier run. */
  readonly continues: number | null;
  /** What each witness that was asked for cosigned. */
  readonly witnesses: ReturnType<typeof toWitnessRows>;
  verified: number;
  /** Entries that were recorded a short time ago and are not sealed yet. */
  waiting: number;
  readonly failures: { readonly id: string; readonly reason: string }[];
}

/** Verifies, prints the result, and returns whether everything is in order. Fails with CommandError. */
export async function runVerify(command: VerifyCommand, context: VerifyContext): Promise<boolean> {
  const { client, output, signal } = context;
  if (command.bucket !== undefined) {
    return reportLog(await openBucket(command, command.bucket, context.environment), command, context);
  }
  const log = await openLog(command, context);
  if (command.isAll) {
    const content = readLogFromApi(client, log.checkpoint.size, signal);
    return reportLog({ ...log, name: log.key.name, content, earlier: [] }, command, context);
  }
  const result: VerifyResult = {
    log: log.key.name,
    size: log.checkpoint.size,
    continues: log.kept?.size ?? null,
    witnesses: toWitnessRows(log.witnessed),
    verified: 0,
    waiting: 0,
    failures: [],
  };
  if (command.entryId !== undefined) {
    await verifyEntry(command.entryId, log, context, result);
  } else {
    for await (const { items } of client.pages(toQuery(command.search), { signal })) {
      for (let first = 0; first < items.length; first += concurrency) {
        const some = items.slice(first, first + concurrency);
        await Promise.all(some.map(({ id }) => verifyEntry(id, log, context, result)));
      }
      output.draw(`${formatCount(result.verified, 'entry', 'entries')} verified`);
    }
    output.draw(undefined);
  }
  await printResult(result, log.witnessed, command, output);
  return result.failures.length === 0;
}

interface OpenedLog {
  readonly key: NoteKey;
  readonly checkpoint: Checkpoint;
  readonly kept: Checkpoint | undefined;
  readonly witnessed: readonly Witnessed[];
}

/** Pins the key, and requires that the log continues every checkpoint known. */
async function openLog(command: VerifyCommand, context: VerifyContext): Promise<OpenedLog> {
  const { client, signal, origin } = context;
  const known = new KnownLogs(command.stateFile ?? defaultStateFile(context.environment));
  const verifierKey = await client.getLogKey({ signal });
  const key = readVerifierKey(verifierKey);
  if (key === undefined) throw new CommandError('the API returned a key that is not a verifier key');
  const name = `${origin} ${key.name}`;
  const pinned = known.get(name);
  if (pinned !== undefined && pinned.key !== verifierKey) {
    throw new CommandError(
      `the key of ${key.name} changed since the last run; if it was replaced on purpose, remove its entry from the state file`,
    );
  }
  const note = await client.getCheckpoint({ signal });
  const checkpoint = await openCheckpoint(note, key);
  if (checkpoint === undefined) throw new CommandError('the key did not sign the checkpoint of the log');
  const openEarlier = async (earlier: string | undefined, which: string) => {
    if (earlier === undefined) return undefined;
    const opened = await openCheckpoint(earlier, key);
    if (opened === undefined) throw new CommandError(`the key did not sign the checkpoint ${which}`);
    await requireContinued(opened, which, checkpoint, context);
    return opened;
  };
  const kept = await openEarlier(pinned?.checkpoint, 'of the last run');
  await openEarlier(
    command.since === undefined ? undefined : readFileSync(command.since, 'utf8'),
    'in the file',
  );
  const witnessed = await verifyWitnesses(command.witnesses, key, checkpoint, context);
  known.set(name, { key: verifierKey, checkpoint: note });
  return { key, checkpoint, kept, witnessed };
}

/** Requires that the log continues what each witness cosigned. */
async function verifyWitnesses(
  witnesses: readonly NoteKey[],
  key: NoteKey,
  current: Checkpoint,
  context: VerifyContext,
): Promise<Witnessed[]> {
  if (witnesses.length === 0) return [];
  const { client, signal } = context;
  const listed = await client.getWitnesses({ signal });
  const notes = listed.witnesses.flatMap(({ checkpoint }) => checkpoint ?? []);
  const witnessed = await openWitnessed(notes, key, witnesses);
  for (const { witness, checkpoint } of witnessed) {
    await requireContinued(checkpoint, `that ${escapeForTerminal(witness.name)} cosigned`, current, context);
  }
  return witnessed;
}

/** Fails unless the log continues the earlier checkpoint. */
async function requireContinued(
  earlier: Checkpoint,
  which: string,
  current: Checkpoint,
  { client, signal }: VerifyContext,
): Promise<void> {
  const sizes = `${formatCount(current.size, 'entry', 'entries')}, the checkpoint ${which} has ${earlier.size}`;
  if (earlier.size > current.size) throw new CommandError(`entries were removed: the log has ${sizes}`);
  const proof = await client.getConsistency({ from: earlier.size, to: current.size }, { signal });
  if (continues(earlier, current, proof)) return;
  throw new CommandError(`the log was rewritten: it does not continue the checkpoint ${which}`);
}

async function verifyEntry(
  id: string,
  { key, checkpoint }: OpenedLog,
  { client, signal, now }: VerifyContext,
  result: VerifyResult,
): Promise<void> {
  const entry = await client.getEntry(id, { signal });
  const failure = await findFailure(entry, key, checkpoint, client, signal).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.code !== 'NOT_SEALED') throw error;
    return Date.parse(entry.recordedAt) > now() - sealedWithinMillis
      ? 'waiting'
      : 'the entry is not in the log';
  });
  if (failure === 'waiting') result.waiting++;
  else if (failure === undefined) result.verified++;
  else result.failures.push({ id, reason: failure });
}

/** Returns why the entry does not verify. The log can grow meanwhile, but must continue the checkpoint. */
async function findFailure(
  entry: Entry,
  key: NoteKey,
  checkpoint: Checkpoint,
  client: RequestLogsClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  const proof = await client.getProof(entry.id, { signal });
  const stored = logEntrySchema.safeParse(entry);
  if (!stored.success) return 'the entry has values that this release does not support';
  const verdict = await verifyProof(proof, stored.data, key);
  if (!verdict.isValid) return verdict.reason;
  const later = verdict.checkpoint;
  if (later.size < checkpoint.size) return 'the proof is for an older log';
  const query = { from: checkpoint.size, to: later.size };
  const consistency =
    later.size === checkpoint.size
      ? { ...query, hashes: [] }
      : await client.getConsistency(query, { signal });
  return continues(checkpoint, later, consistency) ? undefined : 'the proof is for another log';
}

async function printResult(
  result: VerifyResult,
  witnessed: readonly Witnessed[],
  command: VerifyCommand,
  output: Output,
): Promise<void> {
  if (command.output === 'json') {
    await output.write(`${escapeJsonForTerminal(JSON.stringify(result, null, 2))}\n`);
    return;
  }
  const { log, size, verified, waiting, failures } = result;
  const lines = [
    `Log ${log}: ${formatCount(size, 'entry', 'entries')} sealed.`,
    result.continues === null
      ? 'First run: the key and the checkpoint are kept for later runs.'
      : `The log continues the checkpoint of the last run, which had ${result.continues}.`,
    ...describeWitnesses(witnessed),
    `${formatCount(verified, 'entry', 'entries')} verified.`,
    ...(waiting === 0 ? [] : [`${formatCount(waiting, 'entry', 'entries')} not sealed yet.`]),
    ...failures.map(({ id, reason }) => `${id} does not verify: ${reason}.`),
  ];
  await output.write(`${lines.map(escapeForTerminal).join('\n')}\n`);
}
