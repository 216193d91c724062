import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../client/client.ts';
import {
  addCosts,
  askForCost,
  describeDetailCost,
  readsDetails,
} from '../../../dashboard/src/search/detail-cost.ts';

const cost = (details: number | undefined, readUnits: number) => ({
  consumedCapacity: { index: 'byTime', requests: 1, readUnits, ...(details !== undefined && { details }) },
});

describe('readsDetails', () => {
  it('is true for filters on what only the full entry contains', () => {
    expect([{}, { user: ['u-1'] }, { reason: ['x'] }, { changedTo: ['1'] }].map(readsDetails)).toEqual([
      ...[false, false, true, true],
    ]);
  });
});

describe('askForCost', () => {
  const refusal = (field: string) =>
    new ApiError(new Response(null, { status: 403 }), { code: 'FORBIDDEN', field, detail: 'no' });

  it('asks again without the cost only if the API refuses to show it', async () => {
    const asked: object[] = [];
    const answer = await askForCost({}, async (extra) => {
      asked.push(extra);
      if (extra.debug) throw refusal('debug');
      return 'page';
    });
    expect([answer, asked]).toEqual(['page', [{ debug: true }, {}]]);
    const other = refusal('request-logs:read');
    await expect(askForCost({}, () => Promise.reject(other))).rejects.toBe(other);
  });

  it('does not ask for a user who is limited to AWS accounts', async () => {
    expect(await askForCost({ accounts: ['210987654321'] }, async (extra) => extra)).toEqual({});
  });
});

describe('describeDetailCost', () => {
  it('adds up the pages, and is silent about a small or an unknown cost', () => {
    expect(addCosts([{}, {}])).toBeUndefined();
    const many = addCosts([cost(1200, 610.5), {}, cost(34, 20), cost(undefined, 1)]);
    expect(describeDetailCost(many)).toBe('The details of 1,234 entries were read (632 read units).');
    expect(describeDetailCost(addCosts([cost(199, 100)]))).toBeUndefined();
    expect(describeDetailCost(undefined)).toBeUndefined();
  });
});
