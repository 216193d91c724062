import { describe, expect, it } from 'vitest';
import { AccountRegionLookup } from '../../../core/directory/account-region-lookup.ts';
import { directoryRowsOf } from '../../../core/directory/directory-rows.ts';
import { expandResourceNames } from '../../../core/directory/prefix-expansion.ts';
import { TermSet } from '../../../core/query/term-set.ts';
import { MemoryDirectory } from '../../../store/memory-directory.ts';
import { makeEntry } from '../../support/entries.ts';

const accounts = ['111111111111', '222222222222', '333333333333'];

/** Expands names with a directory that contains them in every account and costs one unit per Query. */
async function expansionOver(names: readonly string[]) {
  const directory = new MemoryDirectory();
  for (const name of names) {
    for (const accountId of accounts) {
      await directory.ensure('acme', directoryRowsOf(makeEntry({ eventId: name, name, accountId })));
    }
  }
  return async (resource: readonly string[], maxNames: number, budget = 100, organizationId = 'acme') => {
    let spent = 0;
    const meter = (units: number) => {
      spent += units;
    };
    const limits = { maxNames, meter, remainingUnits: () => budget - spent };
    const lookup = new AccountRegionLookup(directory, organizationId, meter);
    const found = await expandResourceNames(organizationId, new TermSet(resource), limits, directory, lookup);
    expect(spent).toBeLessThanOrEqual(budget);
    return found;
  };
}

describe('expandResourceNames', () => {
  it('returns the distinct names of all accounts, or undefined if there are too many', async () => {
    const expand = await expansionOver(['orders-a', 'Orders-b', 'orders-c', 'cart']);
    expect(await expand(['ORDERS-*'], 3)).toEqual(['orders-a', 'Orders-b', 'orders-c']);
    expect(await expand(['orders-*'], 2)).toBeUndefined();
    expect(await expand(['x*'], 2)).toEqual([]);
    expect(await expand(['o*'], 2, 100, 'globex')).toEqual([]);
  });

  it('counts the names of all prefixes and the exact names together', async () => {
    const expand = await expansionOver(['orders-a', 'orders-b', 'cart']);
    expect(await expand(['cart', 'gone', 'o*', 'orders*'], 4)).toEqual([
      'cart',
      'gone',
      'orders-a',
      'orders-b',
    ]);
    expect(await expand(['cart', 'gone', 'o*', 'orders*'], 3)).toBeUndefined();
  });

  it('leaves out names that a negated term matches', async () => {
    const expand = await expansionOver(['orders-a', 'orders-b', 'orders-c']);
    expect(await expand(['gone', 'o*', '!gone', '!orders-b'], 2)).toEqual(['orders-a', 'orders-c']);
    expect(await expand(['o*', '!ORDERS*'], 2)).toEqual([]);
  });

  it('starts no read that exceeds the budget, and none for exact names', async () => {
    const expand = await expansionOver(['orders-a', 'orders-b', 'cart']);
    expect(await expand(['cart'], 3, 0)).toEqual(['cart']);
    // One Query for the accounts, and one for the names in each.
    expect(await expand(['o*'], 3, 4)).toEqual(['orders-a', 'orders-b']);
    for (const budget of [0, 0.5, 1, 3]) expect(await expand(['o*'], 3, budget)).toBeUndefined();
    expect(await expand(['c*', 'o*'], 3, 7)).toEqual(['cart', 'orders-a', 'orders-b']);
    expect(await expand(['c*', 'o*'], 3, 6)).toBeUndefined();
  });
});
