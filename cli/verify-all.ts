// Verifies a complete log: compares every leaf with what is left of its entry, and the leaves with the signed tree.
import * as z from 'zod/mini';
import type { RequestLogsClient } from '../client/client.ts';
import { logEntrySchema } from '../core/entry/entry-schemas.ts';
import { type FoundLeaf, findLeafMismatch, type LogVerifier } from '../core/log/verify-log.ts';
import { fromBase64 } from '../core/values/bytes.ts';
import { CommandError } from '../terminal/command-error.ts';

/** What is left of a leaf, by the leaf's index. */
export interface IndexedLeaf extends FoundLeaf {
  readonly index: number;
}

/** A log to verify: its leaves from the first one, and what is left of them in the same order. */
export interface LogContent {
  /** Leaves from this index on are allowed to have nothing left, because they are too new. Absent: none. */
  readonly newFrom?: number | undefined;
  readonly leaves: AsyncIterable<Uint8Array>;
  readonly found: AsyncIterable<IndexedLeaf>;
}

/** Adds every leaf to the verifier. Calls `onProgress` with the number of leaves from time to time. */
export async function verifyLeaves(
  { leaves, found, newFrom = Number.POSITIVE_INFINITY }: LogContent,
  verifier: LogVerifier,
  onProgress: (size: number) => void,
): Promise<void> {
  const iterator = found[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    for await (const leaf of leaves) {
      while (!next.done && next.value.index < verifier.size) {
        const { index, id } = next.value;
        verifier.report({ index, id, reason: 'the entry is not in the order of the log' });
        next = await iterator.next();
      }
      const isFound = !next.done && next.value.index === verifier.size;
      const isNew = next.done === true && verifier.size >= newFrom;
      if (isNew) verifier.addNew(leaf);
      else verifier.add(leaf, isFound ? next.value : undefined);
      if (isFound) next = await iterator.next();
      if (verifier.size % progressLeaves === 0) onProgress(verifier.size);
    }
  } finally {
    await iterator.return?.();
  }
}

const progressLeaves = 500;

/** Reads a log of this size from the API. Needs the permission to export. */
export function readLogFromApi(client: RequestLogsClient, size: number, signal: AbortSignal): LogContent {
  return { leaves: readLeaves(client, size, signal), found: readRows(client, signal) };
}

async function* readLeaves(client: RequestLogsClient, size: number, signal: AbortSignal) {
  for (let from = 0; from < size; ) {
    const page = await client.getLeaves({ from }, { signal });
    if (page.leaves.length === 0) return;
    for (const text of page.leaves.slice(0, size - from)) {
      const leaf = fromBase64(text);
      if (leaf === undefined) throw new CommandError('the API returned a leaf that is not base64');
      yield leaf;
    }
    from += page.leaves.length;
  }
}

const rowSchema = z.object({
  id: z.string(),
  sealed: z.object({ index: z.number() }),
  commitment: z.optional(
    z.object({
      nonce: z.string(),
      statesObject: z.optional(z.object({ sha256: z.string(), bytes: z.number() })),
    }),
  ),
  unavailable: z.optional(z.string()),
});

async function* readRows(client: RequestLogsClient, signal: AbortSignal): AsyncGenerator<IndexedLeaf> {
  const query = { format: 'ndjson', columns: 'full', order: 'recorded' } as const;
  for await (const { text } of prefetch(client.exportPages(query, { signal }))) {
    for (const line of text.split('\n')) if (line !== '') yield toFoundRow(line);
  }
}

function toFoundRow(line: string): IndexedLeaf {
  const json: unknown = JSON.parse(line);
  const row = rowSchema.safeParse(json);
  if (!row.success) throw new CommandError('the API returned an entry without its place in the log');
  const { id, sealed, commitment, unavailable } = row.data;
  const mismatch = (leaf: Uint8Array) => {
    if (commitment === undefined) return `the entry cannot be read (${unavailable ?? 'no commitment'})`;
    const entry = logEntrySchema.safeParse(json);
    if (!entry.success) return 'the entry has values that this release does not support';
    const nonce = fromBase64(commitment.nonce);
    if (nonce === undefined) return 'the nonce is malformed';
    return findLeafMismatch(entry.data, { nonce, statesObject: commitment.statesObject }, leaf);
  };
  return { index: sealed.index, id, mismatch };
}

/** Asks for the next value while the previous one is being used. */
async function* prefetch<T>(values: AsyncGenerator<T, void, undefined>): AsyncGenerator<T> {
  let next = values.next();
  for (;;) {
    const { value, done } = await next;
    if (done) return;
    next = values.next();
    // The failure is thrown when the value is asked for.
    next.catch(() => {});
    yield value as T;
  }
}
