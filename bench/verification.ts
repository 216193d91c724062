// `npm run bench:verification` measures what `request-logs verify --all` does with the answers of the API: CPU time and
// memory for a log of 100,000 entries. The answers come from a file. Prints one line, and fails if anything does not verify.
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
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

const { values } = parseArgs({ options: { entries: { type: 'string', default: '100000' } } });
const size = Number(values.entries);
if (!(Number.isSafeInteger(size) && size >= 1)) {
  console.error('Usage: npm run bench:verification -- [--entries N]; at least 1 entry');
  process.exit(2);
}
const pageEntries = 1000;
const folder = mkdtempSync(join(tmpdir(), 'verify-log-'));
const file = join(folder, 'export.ndjson');

/** A typical update: states of 0.5 KB, of which a field changed. */
function entryAt(number: number): LogEntry {
  const tags = Object.fromEntries(Array.from({ length: 12 }, (_, tag) => [`tag-${tag}`, `value ${tag}`]));
  const state = (gib: number) => ({ instanceClass: 'db.t4g.medium', storage: { gib }, tags });
  const entry = { ...makeEntry({ eventId: `evt-${number}` }), before: state(20), after: state(40 + number) };
  return { ...entry, contentHash: hashContent(contentOf(entry)) };
}

/** Writes the export of the log to the file, and returns the leaves and the root. */
async function writeLog(): Promise<{ leaves: string[]; root: TreeHash }> {
  const out = createWriteStream(file);
  const leaves: string[] = [];
  let hashes: TreeHash[] = [];
  for (let index = 0; index < size; index++) {
    const entry = entryAt(index);
    const nonce = new Uint8Array(16).fill(index % 256);
    const leaf = toLeaf({ kind: 'entry', nonce, text: toCommittedText(entry, entry) });
    leaves.push(toBase64(leaf));
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
  return { leaves, root: rootOf({ size, hashes }) };
}

async function* exportPages() {
  let lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    lines.push(`${line}\n`);
    if (lines.length < pageEntries) continue;
    yield { text: lines.join('') };
    lines = [];
  }
  if (lines.length > 0) yield { text: lines.join('') };
}

try {
  const { leaves, root } = await writeLog();
  const client = {
    exportPages,
    getLeaves: async ({ from = 0 } = {}) => ({
      from,
      leaves: leaves.slice(from, from + 1024),
      treeSize: size,
    }),
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
} finally {
  rmSync(folder, { recursive: true, force: true });
}
