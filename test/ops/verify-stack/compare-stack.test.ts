// Comparing a stack with its logs, in memory: a stack that nobody touched, and one sabotage of each part.
import { describe, expect, it } from 'vitest';
import { originOf } from '../../../core/log/checkpoint.ts';
import type { ItemImage } from '../../../core/log/ports.ts';
import { seal } from '../../../core/log/sealer.ts';
import { fixedShards } from '../../../core/storage/shard-counts.ts';
import { compareStack, newCounts } from '../../../ops/verify-stack/compare-stack.ts';
import { describeItem } from '../../../store/describe-item.ts';
import { toStorable } from '../../../store/entry-item.ts';
import { MemoryOverflowStore } from '../../../store/memory-overflow-store.ts';
import { MemoryLogObjects, MemorySequencer, MemorySigner, MemoryTable } from '../../core/log/memory-log.ts';
import { makeEntry } from '../../support/entries.ts';
import { makeLargeEntry } from '../../support/large-entries.ts';

const identity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };

/** A stack with entries of two organizations, of which the last one of acme has its states in an object. */
async function makeStack() {
  const [objects, table, overflow] = [new MemoryLogObjects(), new MemoryTable(), new MemoryOverflowStore()];
  const parts = ['globex', 'acme', 'acme'].map((organizationId, at) => ({
    eventId: `evt-${at}`,
    organizationId,
  }));
  const entries = [...parts.map(makeEntry), makeLargeEntry({ eventId: 'evt-large', organizationId: 'acme' })];
  const keys: string[] = [];
  for (const entry of entries) {
    const { item, object } = toStorable(entry, fixedShards());
    if (object !== undefined) await overflow.put(object.key, object.bytes);
    keys.push(String(item.pk));
    // As DynamoDB's stream returns it.
    table.insert({ ...item, nc: new Uint8Array(16).fill(keys.length) });
  }
  const sealedAt = Date.parse(entries[0]?.recordedAt ?? '') + 60_000;
  const signer = new MemorySigner();
  await seal(
    {
      objects,
      sequencer: new MemorySequencer(),
      signer,
      stream: table,
      entries: table,
      describe: describeItem,
      now: () => sealedAt,
    },
    { identity, holder: 'test', leaseMillis: 1, batchRecords: 5000, untilMillis: Number.POSITIVE_INFINITY },
  );
  const key = { name: originOf(identity, 'globex'), publicKey: await signer.publicKey() };
  const stores = { objects, entries: table, overflow, key, nowMillis: sealedAt + 3_600_000 };
  return { stores, objects, table, keys, overflow };
}

type Stack = Awaited<ReturnType<typeof makeStack>>;

async function compare({ stores }: Stack) {
  const counts = newCounts();
  const found: string[] = [];
  for await (const { subject, problem } of compareStack(stores, counts, new AbortController().signal)) {
    found.push(`${subject} ${problem}`);
  }
  return { counts, found };
}

const itemOf = ({ table, keys }: Stack, at: number) => table.items.get(keys[at] ?? '') ?? {};
const change = (stack: Stack, at: number, changes: ItemImage) =>
  stack.table.items.set(stack.keys[at] ?? '', { ...itemOf(stack, at), ...changes });

describe('compareStack', () => {
  it('finds nothing wrong with a stack that nobody touched', async () => {
    const { counts, found } = await compare(await makeStack());
    expect(found).toEqual([]);
    expect(counts).toEqual({ logs: 2, leaves: 4, items: 4, waiting: 0 });
  });

  it.each<readonly [string, (stack: Stack) => unknown, RegExp, number]>([
    [
      'a changed nonce',
      (s) => change(s, 1, { nc: new Uint8Array(16) }),
      /^item acme#.* was changed or added$/,
      2,
    ],
    [
      'a wrong index key',
      (s) => change(s, 1, { u: 'acme#u-9999#0' }),
      /the key of index user does not match/,
      1,
    ],
    ['a removed item', (s) => s.table.items.delete(s.keys[0] ?? ''), /^log of globex: leaf 0 has no item/, 1],
    [
      'an added item',
      (s) => s.table.items.set('acme#x', { ...itemOf(s, 1), pk: 'acme#x' }),
      /^item acme#x .* is not an item that the recorder writes$/,
      1,
    ],
    [
      'lost states',
      (s) => Object.assign(s.stores, { overflow: new MemoryOverflowStore() }),
      /states that cannot be read/,
      1,
    ],
    [
      'a lost bundle',
      (s) => s.objects.objects.delete('logs/acme/tile/entries/000.p/3'),
      /entries\/000\.p\/3 is missing/,
      10,
    ],
    [
      'a changed tile',
      (s) => s.objects.objects.set('logs/acme/tile/0/000.p/3', new Uint8Array(96)),
      /does not match the leaves, from hash 0$/,
      1,
    ],
    [
      'a forged checkpoint',
      (s) => s.objects.objects.set('logs/globex/checkpoint', Buffer.from('forged\n')),
      /^log of globex: checkpoint is not signed/,
      2,
    ],
  ])('reports %s', async (_, sabotage, expected, count) => {
    const stack = await makeStack();
    sabotage(stack);
    const { found } = await compare(stack);
    expect(
      found.some((line) => expected.test(line)),
      found.join('\n'),
    ).toBe(true);
    expect(found, found.join('\n')).toHaveLength(count);
  });
});
