// Verifying an entry in the browser, against a real log in memory and against APIs that lie.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError, type Entry } from '../../../client/client.ts';
import { toVerifierKey } from '../../../core/log/signed-note.ts';
import { SealMemories } from '../../../dashboard/src/seal/seal-memory.ts';
import { type SealContext, verifySeal } from '../../../dashboard/src/seal/verify-seal.ts';
import { MemorySigner } from '../../core/log/memory-log.ts';
import { key, sealableOf, sealedLog } from '../../core/log/sealed-entries.ts';

type Log = Awaited<ReturnType<typeof sealedLog>>;

function newMemories() {
  const items = new Map<string, string>();
  return new SealMemories({
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
  });
}

/** Entry `number` of a log as the API shows it. */
function shown({ entries }: Log, number: number): Entry {
  return JSON.parse(JSON.stringify({ ...entries[number], changes: [] }));
}

function problem(status: number, code: string) {
  return new ApiError(new Response(null, { status }), { code, title: code, status });
}

function contextOf(log: Log, changes: Partial<SealContext['client']> = {}) {
  const client: SealContext['client'] = {
    getLogKey: async () => toVerifierKey(key),
    getProof: async (id) => {
      const number = log.entries.findIndex((entry) => entry.id === id);
      const entry = log.entries[number];
      const proof = entry && (await log.reader.prove(sealableOf(entry, number)));
      if (proof === undefined) throw problem(404, 'NOT_SEALED');
      return JSON.parse(JSON.stringify(proof));
    },
    getConsistency: async ({ from, to = 0 }) => {
      const head = await log.reader.readHead();
      if (head === undefined || from > to || to > head.edge.size) throw problem(400, 'INVALID_PARAMETER');
      const { hashes } = await log.reader.proveConsistency(from, to, head);
      return { from, to, hashes: [...hashes] };
    },
    ...changes,
  };
  return { client, memories: newMemories(), organizationId: 'acme', now: () => Date.parse('2027-01-01') };
}

const verify = (log: Log, number: number, context: SealContext) => {
  const entry = shown(log, number);
  return verifySeal(entry, entry.id, context);
};

describe('verifySeal', () => {
  it('verifies an entry from the screen to the signature, and remembers the checkpoint', async () => {
    const log = await sealedLog([3, 2]);
    const context = contextOf(log);
    const verdict = await verify(log, 1, context);
    expect(verdict).toMatchObject({ status: 'verified', index: 1 });
    const steps = verdict.status === 'verified' ? verdict.steps : [];
    expect(steps.map(({ status }) => status)).toEqual(Array(6).fill('passed'));
    expect(steps.at(-1)?.detail).toContain('sees the log for the first time');
    expect(context.memories.recall('acme')).toMatchObject({ key: toVerifierKey(key) });
  });

  it('requires that a longer log continues the remembered checkpoint', async () => {
    const memories = newMemories();
    await verify(await sealedLog([3]), 0, { ...contextOf(await sealedLog([3])), memories });
    const grown = await sealedLog([3, 4]);
    const verdict = await verify(grown, 0, { ...contextOf(grown), memories });
    expect(verdict.status === 'verified' && verdict.steps.at(-1)?.detail).toContain('checkpoint of 3 leaves');
    const stored = memories.recall('acme');
    expect(stored !== 'unreadable' && stored?.checkpoint.split('\n')[1]).toBe('7');
  });

  it('accepts a proof for an earlier size of the same log, and keeps the later checkpoint', async () => {
    const memories = newMemories();
    const [short, long] = [await sealedLog([3]), await sealedLog([3, 4])];
    await verify(long, 0, { ...contextOf(long), memories });
    const client = { ...contextOf(long).client, getProof: contextOf(short).client.getProof };
    expect(await verify(short, 0, { ...contextOf(long), client, memories })).toMatchObject({
      status: 'verified',
    });
    const stored = memories.recall('acme');
    expect(stored !== 'unreadable' && stored?.checkpoint.split('\n')[1]).toBe('7');
  });

  it('fails when the log has fewer leaves than at an earlier visit', async () => {
    const memories = newMemories();
    const [long, short] = [await sealedLog([3, 4]), await sealedLog([3])];
    await verify(long, 0, { ...contextOf(long), memories });
    expect(await verify(short, 0, { ...contextOf(short), memories })).toMatchObject({
      status: 'failed',
      title: 'Entries were removed from the sealed log',
    });
  });

  it('fails when whoever has the key wrote another history', async () => {
    const memories = newMemories();
    const [log, other] = [await sealedLog([3]), await sealedLog([2, 4], 100)];
    await verify(log, 0, { ...contextOf(log), memories });
    const before = memories.recall('acme');
    expect(await verify(other, 0, { ...contextOf(other), memories })).toMatchObject({
      status: 'failed',
      title: 'The history of the sealed log was rewritten',
    });
    expect(memories.recall('acme')).toEqual(before);
  });

  it('fails when the key changed, until the user accepts the new one', async () => {
    const log = await sealedLog([3]);
    const context = contextOf(log);
    await verify(log, 0, context);
    const newKey = toVerifierKey({ ...key, publicKey: await new MemorySigner(9).publicKey() });
    const client = { ...context.client, getLogKey: async () => newKey };
    const verdict = await verify(log, 0, { ...context, client });
    expect(verdict).toMatchObject({ status: 'failed', title: 'The key of the sealed log changed', newKey });
    // The log is still signed with the old key.
    expect(await verify(log, 0, { ...context, client, acceptedKey: newKey })).toMatchObject({
      status: 'failed',
      title: 'The sealed log is not signed with its key',
    });
  });

  it.each([
    ['malformed', 'not a key'],
    ['that of another log', toVerifierKey({ ...key, name: key.name.replace('/acme', '/globex') })],
  ])('fails when the key is %s', async (_, text) => {
    const log = await sealedLog([1]);
    const context = contextOf(log, { getLogKey: async () => text });
    expect(await verify(log, 0, context)).toMatchObject({
      status: 'failed',
      title: 'The sealed log has no valid key',
    });
  });

  it('fails when the API shows a genuine entry under another ID, or one of another organization', async () => {
    const log = await sealedLog([2]);
    const entry = shown(log, 0);
    expect(await verifySeal(entry, shown(log, 1).id, contextOf(log))).toMatchObject({ status: 'failed' });
    const context = { ...contextOf(log), organizationId: 'globex' };
    expect(await verifySeal(entry, entry.id, context)).toMatchObject({ status: 'failed' });
  });

  it('waits for a new entry, and fails for one that must be sealed', async () => {
    const log = await sealedLog([1]);
    const entry = { ...shown(log, 0), id: shown(await sealedLog([1], 50), 0).id };
    const recordedAt = Date.parse(entry.recordedAt);
    const context = contextOf(log);
    const at = (now: number) => verifySeal(entry, entry.id, { ...context, now: () => now });
    expect(await at(recordedAt + 14 * 60_000)).toEqual({ status: 'waiting' });
    expect(await at(recordedAt + 16 * 60_000)).toMatchObject({
      status: 'failed',
      title: 'This entry is not in the sealed log',
    });
  });

  it('fails when what the browser remembers is damaged', async () => {
    const log = await sealedLog([1]);
    const memories = new SealMemories({ getItem: () => '{', setItem: () => {} });
    expect(await verify(log, 0, { ...contextOf(log), memories })).toMatchObject({ status: 'failed' });
  });

  it('verifies in a browser that blocks storage, and says that it cannot remember', async () => {
    const log = await sealedLog([1]);
    const verdict = await verify(log, 0, { ...contextOf(log), memories: new SealMemories(undefined) });
    expect(verdict.status === 'verified' && verdict.steps.at(-1)?.detail).toContain('blocks storage');
  });

  it('passes on that the API does not answer', async () => {
    const log = await sealedLog([1]);
    const context = contextOf(log, { getProof: async () => Promise.reject(problem(503, 'BUSY')) });
    await expect(verify(log, 0, context)).rejects.toBeInstanceOf(ApiError);
  });

  it('never verifies an entry or a proof with any changed value', async () => {
    const log = await sealedLog([5, 4]);
    const entry = shown(log, 6);
    const context = contextOf(log);
    const proof = await context.client.getProof(entry.id);
    const places = placesOf({ entry, proof }).filter(
      ([part, name]) => !(part === 'entry' && name === 'changes') && name !== 'sealedAt',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.oneof(
          fc.constant(undefined),
          fc.constant(null),
          fc.string(),
          fc.integer(),
          fc.constant([]),
          fc.boolean(),
        ),
        async (place, value) => {
          const changed = structuredClone({ entry, proof }) as unknown as Record<string, unknown>;
          const before = JSON.stringify(changed);
          setAt(changed, place, value);
          fc.pre(JSON.stringify(changed) !== before);
          const lying = contextOf(log, { getProof: async () => changed.proof as typeof proof });
          const verdict = await verifySeal(changed.entry as Entry, entry.id, lying);
          expect(verdict.status).toBe('failed');
        },
      ),
      { numRuns: 300 },
    );
  });
});

type Place = readonly (string | number)[];

/** Every place of a value within a JSON value. */
function placesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, member]) => placesOf(member, [...at, name]));
}

function setAt(root: Record<string, unknown>, place: Place, value: unknown): void {
  const parent = place
    .slice(0, -1)
    .reduce<Record<string, unknown>>((node, name) => node[name] as never, root);
  parent[String(place.at(-1))] = value;
}
