// Thousands of attacks on a sealed log. To replay: LOG_ATTACKS_SEED=N. LOG_ATTACKS is the number of each kind.
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../core/log/checkpoint.ts';
import { LogReader } from '../../../core/log/log-reader.ts';
import { continues } from '../../../core/log/verify-proof.ts';
import {
  type AttackedLog,
  attackBucket,
  attackTable,
  attackWithKey,
  copy,
  key,
  kinds,
  makeHistory,
  sealItems,
  verify,
} from './log-attacks.ts';
import { randomOf } from './sealing-history.ts';

const count = Number(process.env.LOG_ATTACKS ?? 30);
const seed = Number(process.env.LOG_ATTACKS_SEED ?? 1);
const history = makeHistory([3, 60, 2, 40, 7, 30]);
const original = await sealItems(history);

/** Whether a browser that remembers the checkpoint accepts the log as its continuation, as the page and `verify` do. */
async function isContinuation(log: AttackedLog, remembered: string): Promise<boolean> {
  const reader = new LogReader(log.objects, 'acme', key);
  const head = await reader.readHead();
  const current = head && (await openCheckpoint(head.checkpoint, key));
  const earlier = await openCheckpoint(remembered, key);
  if (head === undefined || current === undefined || earlier === undefined) return false;
  if (current.size < earlier.size) return false;
  return continues(earlier, current, await reader.proveConsistency(earlier.size, current.size, head));
}

describe(`attacks on a sealed log, ${count} of each kind from seed ${seed}`, () => {
  it('finds nothing wrong with a log that nobody attacked', async () => {
    expect(await verify(original, original.checkpoints)).toEqual([]);
    for (const checkpoint of original.checkpoints)
      expect(await isContinuation(original, checkpoint)).toBe(true);
  });

  it.each(kinds)(
    'names every %s by who holds the table',
    async (kind) => {
      const random = randomOf(seed);
      for (let attack = 0; attack < count; attack++) {
        const log = copy(original);
        attackTable(log, kind, random);
        const changed = new Set(
          [...original.items.keys(), ...log.items.keys()].filter(
            (pk) => original.items.get(pk) !== log.items.get(pk),
          ),
        );
        const named = await verify(log);
        const items = named.filter(({ subject }) => changed.has(subject));
        // A removed item cannot be named by its key: the leaf that lacks its item is.
        const leaves = named.filter(({ subject }) => subject.startsWith('leaf '));
        const present = [...changed].filter((pk) => log.items.has(pk));
        expect([attack, items.length], JSON.stringify(named)).toEqual([attack, present.length]);
        expect(leaves.length, JSON.stringify(named)).toBe(
          [...changed].filter((pk) => original.items.has(pk)).length,
        );
        expect(named.length).toBe(items.length + leaves.length);
      }
    },
    600_000,
  );

  it.each(kinds)(
    'names every %s by who also holds the bucket',
    async (kind) => {
      const random = randomOf(seed);
      for (let attack = 0; attack < count; attack++) {
        const log = copy(original);
        attackBucket(log, kind, random);
        expect(await verify(log), `attack ${attack}`).not.toEqual([]);
      }
    },
    600_000,
  );

  it.each(kinds)(
    'shows every %s by who also holds the key to whoever kept a checkpoint',
    async (kind) => {
      const random = randomOf(seed);
      let unseen = 0;
      for (let attack = 0; attack < count; attack++) {
        const protectedBatches = 2 + 2 * random(2);
        const kept = original.checkpoints[protectedBatches - 1] ?? '';
        const log = await attackWithKey(history, protectedBatches, kind, random);
        if ((await verify(log)).length === 0) unseen++;
        expect(await verify(log, [kept]), `attack ${attack}`).not.toEqual([]);
        expect(await isContinuation(log, kept), `attack ${attack}`).toBe(false);
      }
      // Without a kept checkpoint, such a history is consistent. That is why checkpoints must be kept elsewhere.
      expect(unseen).toBeGreaterThan(0);
    },
    600_000,
  );

  it('shows a log that was rolled back to an earlier signed checkpoint only to whoever kept a later one', async () => {
    const earlier = { ...(await sealItems(history.slice(0, 3))), now: original.now };
    expect(await verify(earlier)).toEqual([]);
    expect(await verify(earlier, [original.checkpoints.at(-1) ?? ''])).not.toEqual([]);
  });
});
