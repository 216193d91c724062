import { describe, expect, it } from 'vitest';
import type { DirectoryPage } from '../../../client/client.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';
import { type Directory, findPeople, findPersonMeant } from '../../../dashboard/src/filters/people.ts';

const seen = { firstSeen: '2026-11-01T00:00:00.000Z', lastSeen: '2026-11-05T00:00:00.000Z' };

/** A directory that, like the API's, compares prefixes with whole terms. */
function directoryOf(
  users: readonly { value: string; name?: string; email?: string }[],
  resources: readonly string[] = [],
): Directory {
  return {
    listDirectory: async (field, { prefix = '' } = {}) => {
      const all = field === 'users' ? users : resources.map((value) => ({ value }));
      const values = all.filter(({ value, ...rest }) =>
        [value, ...Object.values(rest)].some((term) => hasPrefix(String(term), prefix)),
      );
      return { values: values.map((value) => ({ ...seen, ...value })), nextCursor: null } as DirectoryPage;
    },
  };
}

const ben = { value: 'u-2077', name: 'Ben Okafor', email: 'ben@acme.example' };
const ada = { value: 'u-3000', name: 'Ada Okafor-Lindqvist' };
const { signal } = new AbortController();
const meant = (api: Directory, text: string) => findPersonMeant(api, { text, account: undefined }, signal);

describe('findPeople', () => {
  it.each(['okafor', 'Lind', 'OKAFOR-L'])('finds people by another word of their name: %s', async (text) => {
    const people = await findPeople(directoryOf([ben, ada]), { text, account: undefined, limit: 10 }, signal);
    expect(people.map(({ value }) => value)).toContain('u-3000');
  });

  it('does not look inside of words', async () => {
    const query = { text: 'kafor', account: undefined, limit: 10 };
    expect(await findPeople(directoryOf([ben]), query, signal)).toEqual([]);
  });
});

describe('findPersonMeant', () => {
  it.each(['okafor', 'ben okafor', 'u-2077', 'ben@acme.example', 'Ben'])('knows who %s is', async (text) => {
    expect(await meant(directoryOf([ben]), text)).toBe('u-2077');
  });

  it('takes an exact name before names that begin so', async () => {
    const api = directoryOf([ben, { value: 'u-9', name: 'Ben Okafor Junior' }]);
    expect(await meant(api, 'ben okafor')).toBe('u-2077');
  });

  it('leaves it to the resources when one is called so, and guesses nobody among several', async () => {
    expect(await meant(directoryOf([ben], ['ben-cache']), 'ben')).toBeUndefined();
    expect(await meant(directoryOf([ben, ada]), 'okafor')).toBeUndefined();
    expect(await meant(directoryOf([ben]), 'okafor*')).toBeUndefined();
  });
});
