import { describe, expect, it } from 'vitest';
import { startPolling } from '../../../dashboard/src/list/poller.ts';

/** Looks as often as there are outcomes, and gives what was told after each. */
async function lookWith(outcomes: readonly ('seen' | 'failed')[]): Promise<(string | undefined)[]> {
  const ending = new AbortController();
  const told: (string | undefined)[] = [];
  let last: string | undefined;
  let looks = 0;
  await startPolling(
    {
      look: async () => {
        const outcome = outcomes[looks++];
        if (outcome === 'failed') throw new Error(`look ${looks}`);
      },
      onOutage: (error) => {
        last = error instanceof Error ? error.message : undefined;
      },
      wait: async () => {
        if (looks > 0) told.push(last);
        if (looks === outcomes.length) ending.abort();
      },
    },
    ending.signal,
  );
  return told;
}

describe('startPolling', () => {
  it('tells nobody of a single failure', async () => {
    expect(await lookWith(['seen', 'failed', 'seen', 'failed'])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('tells of the second failure in a row, and when a look succeeds again', async () => {
    expect(await lookWith(['failed', 'failed', 'failed', 'seen'])).toEqual([
      undefined,
      'look 2',
      'look 3',
      undefined,
    ]);
  });

  it('does not take its own end for an outage', async () => {
    const ending = new AbortController();
    const told: unknown[] = [];
    let looks = 0;
    const look = async () => {
      looks++;
      if (looks === 2) ending.abort();
      throw new Error('ended');
    };
    await startPolling({ look, wait: async () => {}, onOutage: (error) => told.push(error) }, ending.signal);
    expect(told).toEqual([]);
  });
});
