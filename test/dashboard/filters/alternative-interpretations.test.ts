import { describe, expect, it } from 'vitest';
import type { DirectoryPage } from '../../../client/client.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';
import {
  findEnvironments,
  findInterpretations,
  findPlainMeanings,
} from '../../../dashboard/src/filters/alternative-interpretations.ts';
import type { Directory } from '../../../dashboard/src/filters/people.ts';

const listed: Readonly<Record<string, readonly { value: string; name?: string }[]>> = {
  users: [{ value: 'u-2077', name: 'Ben Okafor' }, { value: 'eu-pipeline' }],
  accounts: [{ value: '123456789012' }, { value: '210987654321' }],
  regions: [{ value: 'eu-west-1' }, { value: 'us-east-1' }],
  resources: [],
};

/** A directory that, like the API's, refuses an account where it lists accounts. */
const directory: Directory = {
  listDirectory: async (field, query = {}) => {
    if (field === 'accounts' && query.account !== undefined) throw new Error('account is not a parameter');
    const { prefix = '' } = query;
    const values = (listed[field] ?? []).filter(({ value, name }) =>
      [value, name ?? ''].some((term) => hasPrefix(term, prefix)),
    );
    return { values, nextCursor: null } as unknown as DirectoryPage;
  },
};
const { signal } = new AbortController();
const account = ['123456789012'];
const meanings = (text: string) => findInterpretations(directory, { text, account, limit: 5 }, signal);

describe('findInterpretations', () => {
  it.each([
    ['1234', [{ name: 'account', value: '123456789012', label: '123456789012' }]],
    [
      'EU',
      [
        { name: 'region', value: 'eu-west-1', label: 'eu-west-1' },
        { name: 'user', value: 'eu-pipeline', label: 'eu-pipeline' },
      ],
    ],
    ['okafor', [{ name: 'user', value: 'u-2077', label: 'Ben Okafor (u-2077)' }]],
    ['nothing', []],
  ])('finds what %s may mean', async (text, expected) => {
    expect(await meanings(text)).toEqual(expected);
  });
});

describe('findPlainMeanings', () => {
  it.each([
    ['denied', [{ name: 'verdict', value: 'DENIED', label: 'Denied' }]],
    ['res-2b71', [{ name: 'target', value: 'res-2b71', label: 'res-2b71' }]],
    ['two words', []],
  ])('suggests what %s may mean without a lookup', (text, expected) => {
    expect(findPlainMeanings(text)).toEqual(expected);
  });
});

describe('findEnvironments', () => {
  it('finds environments of the entries that begin with the text, each once', () => {
    const items = ['prod', 'sbox', 'prod', undefined, 'prep'].map((environment) =>
      environment === undefined ? {} : { environment },
    );
    const environment = (value: string) => ({ name: 'environment', value, label: value });
    expect(findEnvironments(items, 'Pr')).toEqual([environment('prep'), environment('prod')]);
    expect(findEnvironments(items, 'prods')).toEqual([]);
  });
});
