// Seeded histories of the recorder: deliveries in any order, duplicates, conflicts, crashes and lost responses
// around the directory, the inserts and the queues. To replay a failing seed: SIMULATION_SEED=N
// SIMULATION_HISTORIES=1.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../local/demo/random.ts';
import { brokenIn, cachedSteps, findBrokenSeeds, messagePool } from './histories.ts';
import { runHistory, sabotages } from './world.ts';

const firstSeed = Number(process.env.SIMULATION_SEED ?? 1);
const histories = Number(process.env.SIMULATION_HISTORIES ?? 20_000);
const sabotagedHistories = 300;

describe('the recorder in a simulated environment', () => {
  it(`violates no law in ${histories} histories from seed ${firstSeed}`, async () => {
    expect(await findBrokenSeeds(firstSeed, histories, cachedSteps)).toEqual([]);
  }, 300_000);

  it('replays a seed exactly', async () => {
    const messages = messagePool[3] ?? [];
    const [one, other] = [
      await runHistory(messages, createRandom(7), undefined, cachedSteps),
      await runHistory(messages, createRandom(7), undefined, cachedSteps),
    ];
    expect(one).toEqual(other);
  });

  it('gives the same history with cached steps as without', async () => {
    for (const [number, messages] of messagePool.entries()) {
      const cached = await runHistory(messages, createRandom(number), undefined, cachedSteps);
      expect(cached, `seed ${number}`).toEqual(await runHistory(messages, createRandom(number)));
    }
  });

  it.each(sabotages)('detects the sabotage: %s', async (sabotage) => {
    const found: string[] = [];
    for (let seed = 1; seed <= sabotagedHistories && found.length === 0; seed++) {
      found.push(...(await brokenIn(seed, sabotage, cachedSteps)));
    }
    expect(found).not.toEqual([]);
  });
});
