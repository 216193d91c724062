import { describe, expect, it } from 'vitest';
import { startPolling } from '../../../dashboard/src/list/poller.ts';

/** Polls once for each outcome, and returns the reported outage after each poll. */
async function pollWith(outcomes: readonly ('succeeded' | 'failed')[]): Promise<(string | undefined)[]> {
  const ending = new AbortController();
  const reported: (string | undefined)[] = [];
  let last: string | undefined;
  let polls = 0;
  await startPolling(
    {
      poll: async () => {
        const outcome = outcomes[polls++];
        if (outcome === 'failed') throw new Error(`poll ${polls}`);
      },
      minPauseMillis: () => 5000,
      onOutage: (error) => {
        last = error instanceof Error ? error.message : undefined;
      },
      wait: async () => {
        if (polls > 0) reported.push(last);
        if (polls === outcomes.length) ending.abort();
      },
    },
    ending.signal,
  );
  return reported;
}

describe('startPolling', () => {
  it('does not report a single failure', async () => {
    expect(await pollWith(['succeeded', 'failed', 'succeeded', 'failed'])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('reports the second consecutive failure, and the next success', async () => {
    expect(await pollWith(['failed', 'failed', 'failed', 'succeeded'])).toEqual([
      undefined,
      'poll 2',
      'poll 3',
      undefined,
    ]);
  });

  it('does not report its own abort as an outage', async () => {
    const ending = new AbortController();
    const reported: unknown[] = [];
    let polls = 0;
    const poll = async () => {
      polls++;
      if (polls === 2) ending.abort();
      throw new Error('ended');
    };
    await startPolling(
      { poll, minPauseMillis: () => 5000, wait: async () => {}, onOutage: (error) => reported.push(error) },
      ending.signal,
    );
    expect(reported).toEqual([]);
  });
});
