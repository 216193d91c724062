// Random histories of a sealed log that is archived meanwhile, by archivers that run at once and are killed at any call.
import fc from 'fast-check';
import { expect } from 'vitest';
import { readArchivedLeaves } from './archived-log.ts';
import { SealingHistory } from './sealing-history.ts';

const hour = 3_600_000;

/** Runs histories, and fails unless every entry is in the archive exactly once, in the order of the log. */
export async function checkArchiveHistories(numRuns: number): Promise<void> {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), checkHistory), { numRuns });
}

async function checkHistory(seed: number): Promise<void> {
  const history = new SealingHistory(seed);
  for (let step = 0; step < 6; step++) {
    for (let event = history.random(6); event > 0; event--) history.happen();
    await history.runSealers(1 + history.random(2), 30);
    if (history.random(2) === 0) history.now += hour / 2;
    await history.runArchivers(1 + history.random(2), 5 + history.random(20));
  }
  expect(await history.finish()).toEqual([]);
  history.now += 2 * hour;
  await history.runArchivers(1, 0);
  for (const organizationId of ['acme', 'globex']) {
    const own = history.inserted.filter(({ pk }) => String(pk).startsWith(`${organizationId}#`));
    const leaves = await readArchivedLeaves(history.objects, organizationId);
    const texts = leaves.map(({ committed }) => committed);
    expect(texts.sort()).toEqual(own.map(({ text }) => String(text)).sort());
    const indexes = leaves.map(({ index }) => index);
    expect(indexes).toEqual([...indexes].sort((one, other) => one - other));
  }
}
