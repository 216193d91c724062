// The evidence command: collects entries with their proofs, verifies them, and writes them as a zip archive that anyone
// can verify without the API.
import { stat } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { ApiError, type Entry, type RequestLogsClient } from '../client/client.ts';
import {
  type EvidencePackage,
  type EvidenceRecord,
  type EvidenceVerdict,
  verifyEvidence,
} from '../core/log/evidence-package.ts';
import type { Proof } from '../core/log/proof.ts';
import { readVerifierKey } from '../core/log/signed-note.ts';
import { formatBytes } from '../core/values/format-bytes.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { formatCount } from '../terminal/format-count.ts';
import type { Output } from '../terminal/output.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { EvidenceCommand } from './commands.ts';
import { toEvidenceFiles } from './evidence-files.ts';
import { loadEvidencePage } from './evidence-page.ts';
import { defaultStateFile, KnownLogs } from './known-logs.ts';
import { PartialFile } from './partial-file.ts';
import { toQuery } from './search-query.ts';

/** What the evidence command uses. */
export interface EvidenceContext {
  readonly client: RequestLogsClient;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
  /** The origin of the API, under which `verify` pins the key. */
  readonly origin: string;
  readonly now: () => number;
}

/** The maximum number of entries in an archive. A browser has to hold all of them. */
export const maxEntries = 10_000;

/** The maximum size of all entries and proofs together, in characters of JSON. */
const maxCharacters = 200_000_000;

/** Entries read at the same time. */
const concurrency = 8;

/**
 * Writes the archive, and returns whether everything in it verifies. Fails with UsageError before any request if the file
 * exists, and with CommandError if nothing matches, an entry is not sealed yet, or the limits are exceeded. The file is
 * complete or does not exist.
 */
export async function runEvidence(command: EvidenceCommand, context: EvidenceContext): Promise<boolean> {
  const { client, output, signal } = context;
  await requireFree(command);
  const key = await client.getLogKey({ signal });
  requirePinned(key, command, context);
  const records = await readRecords(command, context);
  output.draw(undefined);
  const content = await toPackage(key, records, context);
  const verdict = await verifyEvidence(content);
  const bytes = zipSync(
    { ...toEvidenceFiles(content, await loadEvidencePage()) },
    { mtime: content.createdAt },
  );
  const file = await PartialFile.open(command.file, 0);
  try {
    await file.append(bytes, undefined, 0);
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.finish();
  report(verdict, command.file, bytes.length, output);
  return verdict.isReadable && verdict.failures.length === 0;
}

async function requireFree({ file, force }: EvidenceCommand): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || (force && !found.isDirectory())) return;
  const advice = found.isDirectory() ? 'is a folder' : 'already exists; use --force to overwrite it';
  throw new UsageError(`--output ${escapeForTerminal(file)} ${advice}`);
}

/** Fails if `verify` pinned another key. */
function requirePinned(
  key: string,
  { stateFile }: EvidenceCommand,
  { environment, origin }: EvidenceContext,
): void {
  const name = readVerifierKey(key)?.name;
  if (name === undefined) throw new CommandError('the API returned a key that is not a verifier key');
  const pinned = new KnownLogs(stateFile ?? defaultStateFile(environment)).get(`${origin} ${name}`);
  if (pinned !== undefined && pinned.key !== key) {
    throw new CommandError(`the key of ${name} is not the one that request-logs verify pinned`);
  }
}

async function readRecords(command: EvidenceCommand, context: EvidenceContext): Promise<EvidenceRecord[]> {
  const { output } = context;
  const records: EvidenceRecord[] = [];
  let characters = 0;
  for await (const ids of readIds(command, context)) {
    if (records.length + ids.length > maxEntries) {
      throw new CommandError(
        `an evidence file has at most ${formatCount(maxEntries, 'entry', 'entries')}; narrow the range, and write several files`,
      );
    }
    for (let first = 0; first < ids.length; first += concurrency) {
      const some = ids.slice(first, first + concurrency);
      for (const { entry, proof } of await Promise.all(some.map((id) => readRecord(id, context)))) {
        records.push({ entry, proof: { ...proof, hashes: [...proof.hashes] } });
        characters += JSON.stringify(entry).length + proof.committed.length;
      }
      if (characters > maxCharacters) {
        throw new CommandError(
          `the entries exceed the limit of ${formatBytes(maxCharacters)}; narrow the range, and write several files`,
        );
      }
      output.draw(`${formatCount(records.length, 'entry', 'entries')} read`);
    }
  }
  if (records.length === 0) throw new CommandError('no entries match');
  return records;
}

/** The IDs of the entries, in chunks. */
async function* readIds(
  { ids, search }: EvidenceCommand,
  { client, signal }: EvidenceContext,
): AsyncGenerator<readonly string[]> {
  if (ids.length > 0) yield ids;
  else {
    for await (const { items } of client.pages(toQuery(search), { signal })) yield items.map(({ id }) => id);
  }
}

async function readRecord(
  id: string,
  { client, signal }: EvidenceContext,
): Promise<{ readonly entry: Entry; readonly proof: Proof }> {
  const entry = await client.getEntry(id, { signal });
  try {
    return { entry, proof: await client.getProof(id, { signal }) };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'NOT_SEALED') throw error;
    throw new CommandError(`entry ${id} is not sealed yet; try again in a minute`);
  }
}

/** Adds the checkpoint of the longest log, and the proofs that it continues the shorter ones. */
async function toPackage(
  key: string,
  records: EvidenceRecord[],
  { client, signal, now }: EvidenceContext,
): Promise<EvidencePackage> {
  const notes = new Map(records.map(({ proof }) => [proof.treeSize, proof.checkpoint]));
  const [size = 0, ...shorter] = [...notes.keys()].sort((one, other) => other - one);
  const consistency = await Promise.all(
    shorter.map(async (from) => ({
      checkpoint: notes.get(from) ?? '',
      hashes: [...(await client.getConsistency({ from, to: size }, { signal })).hashes],
    })),
  );
  const createdAt = new Date(now()).toISOString();
  return { format: 1, createdAt, key, checkpoint: notes.get(size) ?? '', consistency, records };
}

function report(verdict: EvidenceVerdict, file: string, bytes: number, output: Output): void {
  const lines = verdict.isReadable
    ? [
        `Wrote ${formatCount(verdict.verified, 'entry', 'entries')} with proofs (${formatBytes(bytes)}) to ${file}.`,
        ...verdict.failures.map(({ id, reason }) => `${id} does not verify: ${reason}.`),
      ]
    : [`Wrote ${file}, which does not verify: ${verdict.reason}.`];
  for (const line of lines) output.say(escapeForTerminal(line));
}
