import { describe, expect, it } from 'vitest';
import { readAccountLimit } from '../../../core/access/account-limit.ts';

describe('readAccountLimit', () => {
  it.each(['*', ' * ', '[*]'])('returns no limit for %j', (claim) => {
    expect(readAccountLimit(claim)).toBeUndefined();
  });

  it.each(['', ' ', '[]', 'none', '[none]'])('grants no account for %j', (claim) => {
    expect(readAccountLimit(claim)).toEqual([]);
  });

  it.each(['1 2', '1,2', '[1 2]', '1  2 1', '* 1 2', 'none 1 2'])('returns the accounts in %j', (claim) => {
    expect(readAccountLimit(claim)).toEqual(['1', '2']);
  });

  it('removes only brackets around the complete claim', () => {
    expect(['1 [2]', '[1] 2', 'a1]'].map(readAccountLimit)).toEqual([['1', '[2]'], ['[1]', '2'], ['a1]']]);
    expect(readAccountLimit('[1\n2]')).toEqual(['1', '2']);
  });
});
