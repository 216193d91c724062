import { describe, expect, it } from 'vitest';
import type { DirectoryPage } from '../../../client/client.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';
import { type Directory, findPeople, findPersonByText } from '../../../dashboard/src/filters/people.ts';

const seen = { firstSeen: '2026-11-01T00:00:00.000Z', lastSeen: '2026-11-05T00:00:00.000Z' };

/** A directory that, like the API's, matches prefixes of full terms. */
function directoryOf(users: readonly { value: string; name?: string; email?: string }[]): Directory {
  return {
    listDirectory: async (_field, { prefix = '' } = {}) => {
      const values = users.filter(({ value, ...rest }) =>
        [value, ...Object.values(rest)].some((term) => hasPrefix(String(term), prefix)),
      );
      return { values: values.map((value) => ({ ...seen, ...value })), nextCursor: null } as DirectoryPage;
    },
  };
}

const ben = { value: 'u-2077', name: 'Ben Okafor', email: 'ben@acme.example' };
const ada = { value: 'u-3000', name: 'Ada Okafor-Lindqvist' };
const { signal } = new AbortController();
const findId = (api: Directory, text: string) => findPersonByText(api, { text, account: undefined }, signal);

describe('findPeople', () => {
  it.each(['okafor', 'Lind', 'OKAFOR-L'])('finds users by another word of their name: %s', async (text) => {
    const people = await findPeople(directoryOf([ben, ada]), { text, account: undefined, limit: 10 }, signal);
    expect(people.map(({ value }) => value)).toContain('u-3000');
  });

  it('does not match inside words', async () => {
    const query = { text: 'kafor', account: undefined, limit: 10 };
    expect(await findPeople(directoryOf([ben]), query, signal)).toEqual([]);
  });
});

describe('findPersonByText', () => {
  it.each(['okafor', 'ben okafor', 'u-2077', 'ben@acme.example', 'Ben'])(
    'identifies the user for %s',
    async (text) => {
      expect(await findId(directoryOf([ben]), text)).toBe('u-2077');
    },
  );

  it('prefers an exact name over longer names', async () => {
    const api = directoryOf([ben, { value: 'u-9', name: 'Ben Okafor Junior' }]);
    expect(await findId(api, 'ben okafor')).toBe('u-2077');
  });

  it('returns nothing when several users match', async () => {
    expect(await findId(directoryOf([ben, ada]), 'okafor')).toBeUndefined();
  });
});
