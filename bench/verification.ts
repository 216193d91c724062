// `npm run bench:verification` measures what `request-logs verify --all` does with the answers of the API: CPU time and
// memory for a log of 100,000 entries. The answers come from files, which a process of its own writes, so that only the
// verification is measured. Prints one line, and fails if anything does not verify.
import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readLogFromApi, verifyLeaves } from '../cli/verify-all.ts';
import type { RequestLogsClient } from '../client/client.ts';
import { toCommittedText } from '../core/entry/committed-text.ts';
import { contentOf } from '../core/entry/content.ts';
import { hashContent } from '../core/entry/content-hash.ts';
import type { LogEntry } from '../core/entry/entry.ts';
import { toLeaf } from '../core/log/leaf.ts';
import { appendToEdge, hashLeaf, type TreeHash } from '../core/log/merkle-tree.ts';
import { rootOf } from '../core/log/tiles.ts';
import { LogVerifier } from '../core/log/verify-log.ts';
import { toBase64 } from '../core/values/bytes.ts';
import { makeEntry } from '../test/support/entries.ts';

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '100000' }, 'write-to': { type: 'string' } },
});
const size = Number(values.entries);
if (!(Number.isSafeInteger(size) && size >= 1)) {
  console.error('Usage: npm run bench:verification -- [--entries N]; at least 1 entry');
  process.exit(2);
}
const pageEntries = 1000;
const folder = values['write-to'] ?? mkdtempSync(join(tmpdir(), 'verify-log-'));
const exportFile = join(folder, 'export.ndjson');
/** The leaves in base64, one a line: 38 bytes are 52 characters. */
const leavesFile = join(folder, 'leaves');
const rootFile = join(folder, 'root');
const leafLineBytes = 53;

/** A typical update: states of 0.5 KB, of which a field changed. */
function entryAt(number: number): LogEntry {
  const tags = Object.fromEntries(Array.from({ length: 12 }, (_, tag) => [`tag-${tag}`, `value ${tag}`]));
  const state = (gib: number) => ({ instanceClass: 'db.t4g.medium', storage: { gib }, tags });
  const entry = { ...makeEntry({ eventId: `evt-${number}` }), before: state(20), after: state(40 + number) };
  return { ...entry, contentHash: hashContent(contentOf(entry)) };
}

/** Writes the export, the leaves, and the root of the log. */
async function writeLog(): Promise<void> {
  const out = createWriteStream(exportFile);
  const leaves: string[] = [];
  let hashes: TreeHash[] = [];
  for (let index = 0; index < size; index++) {
    const entry = entryAt(index);
    const nonce = new Uint8Array(16).fill(index % 256);
    const leaf = toLeaf({ kind: 'entry', nonce, text: toCommittedText(entry, entry) });
    leaves.push(`${toBase64(leaf)}\n`);
    hashes = appendToEdge(hashes, index, [hashLeaf(leaf)]);
    const row = {
      ...entry,
      changes: [],
      sealed: { index, at: entry.recordedAt },
      commitment: { nonce: toBase64(nonce) },
    };
    if (!out.write(`${JSON.stringify(row)}\n`))
      await new Promise((resolve) => out.once('drain', () => resolve(undefined)));
  }
  await new Promise((resolve) => out.end(resolve));
  writeFileSync(leavesFile, leaves.join(''));
  writeFileSync(rootFile, rootOf({ size, hashes }));
}

function readLeaves(handle: number, from: number): string[] {
  const lines = Buffer.alloc(1024 * leafLineBytes);
  const bytes = readSync(handle, lines, 0, lines.length, from * leafLineBytes);
  return lines.toString('latin1', 0, bytes).split('\n').slice(0, -1);
}

async function* exportPages() {
  let lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(exportFile) })) {
    lines.push(`${line}\n`);
    if (lines.length < pageEntries) continue;
    yield { text: lines.join('') };
    lines = [];
  }
  if (lines.length > 0) yield { text: lines.join('') };
}

async function verify(): Promise<void> {
  const writer = [import.meta.filename, '--entries', String(size), '--write-to', folder];
  const child = spawnSync(process.execPath, writer, { stdio: 'inherit' });
  if (child.status !== 0) throw new Error('the log could not be written');
  const root = new Uint8Array(readFileSync(rootFile));
  const handle = openSync(leavesFile, 'r');
  const client = {
    exportPages,
    getLeaves: async ({ from = 0 } = {}) => ({ from, leaves: readLeaves(handle, from), treeSize: size }),
  } as unknown as RequestLogsClient;
  const verifier = new LogVerifier(Date.now());
  const before = process.cpuUsage();
  let peakBytes = 0;
  const content = readLogFromApi(client, size, new AbortController().signal);
  await verifyLeaves(content, verifier, () => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
  });
  const { user, system } = process.cpuUsage(before);
  const isRight = verifier.matches({ origin: '', size, root }) && verifier.verified === size;
  console.log(
    `${size} entries: ${((user + system) / 1e6).toFixed(1)} s of CPU time, at most ${Math.round(peakBytes / 2 ** 20)} MiB, ${
      isRight ? 'all verified' : `${verifier.failed} failed`
    }`,
  );
  if (!isRight) process.exitCode = 1;
}

if (values['write-to'] !== undefined) await writeLog();
else {
  try {
    await verify();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
