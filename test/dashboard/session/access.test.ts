import { describe, expect, it } from 'vitest';
import { describeAccess, describeAccountLimit, readAccess } from '../../../dashboard/src/session/access.ts';

describe('readAccess', () => {
  it.each(['111111111111 222222222222', '[111111111111 222222222222]', ['111111111111', '222222222222']])(
    'reads every format of the accounts claim: %j',
    (accounts) => {
      expect(readAccess({ accounts }).accounts).toEqual(['111111111111', '222222222222']);
    },
  );

  it('distinguishes a limit to no account from no limit', () => {
    expect(readAccess({ accounts: '' }).accounts).toEqual([]);
    expect(readAccess({ sub: 'u-1' })).toEqual({});
  });
});

describe('describeAccountLimit', () => {
  it.each([
    [[], 'You do not have access to any AWS account, so no entries are shown.'],
    [['1'], 'You see only the entries of AWS account 1.'],
    [['1', '2'], 'You see only the entries of AWS accounts 1, 2.'],
    [['1', '2', '3', '4'], 'You see only the entries of the 4 AWS accounts that you have access to.'],
  ])('describes a limit to %j', (accounts, words) => {
    expect(describeAccountLimit(accounts)).toBe(words);
  });
});

describe('describeAccess', () => {
  it.each([
    [{ role: 'Auditor', organization: 'acme' }, 'Auditor in acme'],
    [{ role: 'Operator', organization: 'acme', accounts: ['1'] }, 'Operator in acme, AWS account 1 only'],
    [{ accounts: [] }, 'no AWS account'],
    [{}, ''],
  ])('describes %j', (access, words) => {
    expect(describeAccess(access)).toBe(words);
  });
});
