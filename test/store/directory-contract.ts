// The contract of every directory. Each implementation runs it.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { directoryRowsOf, renameAfterMillis } from '../../core/directory/directory-rows.ts';
import type { Directory, DirectoryRead, DirectoryRow, FoundRow } from '../../core/storage/ports.ts';
import { compareTerms, hasPrefix } from '../../core/values/folded-text.ts';
import { awkwardText } from '../support/awkward-text.ts';
import { makeEntry } from '../support/entries.ts';

const [one, two] = ['111111111111', '222222222222'];

const resource = (term: string, accountId = one): DirectoryRow => ({
  field: 'resources',
  accountId,
  term,
  value: term,
});

const readOf = (overrides: Partial<DirectoryRead> = {}): DirectoryRead => ({
  field: 'resources',
  accountId: one,
  prefix: '',
  limit: 100,
  isConsistent: true,
  ...overrides,
});

/** Reads all rows, `limit` at a time. */
async function walk(directory: Directory, organizationId: string, read: DirectoryRead): Promise<FoundRow[]> {
  const found: FoundRow[] = [];
  for (let after = read.after; ; ) {
    const { rows, next } = await directory.listValues(organizationId, { ...read, after });
    found.push(...rows);
    if (next === undefined) return found;
    after = next;
  }
}

/** `makeDirectory` returns a new, empty directory on each call. */
export function describeDirectoryContract(name: string, makeDirectory: () => Promise<Directory>): void {
  describe(`${name}: directory`, () => {
    let directory: Directory;
    beforeAll(async () => {
      directory = await makeDirectory();
    });

    it('stores every account and region of the organization, and of one account', async () => {
      const pairs = [
        { accountId: one, region: 'eu-west-1' },
        { accountId: one, region: 'us-east-1' },
        { accountId: two, region: 'eu-west-1' },
      ];
      for (const { accountId, region } of [...pairs, ...pairs].reverse()) {
        await directory.ensure('acme', [{ field: 'accountRegions', term: accountId, value: region }]);
      }
      expect(await directory.listAccountRegions('acme')).toEqual(pairs);
      expect(await directory.listAccountRegions('acme', two)).toEqual(pairs.slice(2));
      expect(await directory.listAccountRegions('acme', '11111111111')).toEqual([]);
      expect(await directory.listAccountRegions('globex')).toEqual([]);
    });

    it('lists values that start with the prefix, in the order of the folded terms, in pages of any size', async () => {
      const terms = ['orders-d', 'Orders-D', 'order', 'ORDERS-x', 'cart', 'ordnance', 'or#der', 'or%der'];
      await directory.ensure('pages', terms.map((term) => resource(term)).reverse());
      for (const limit of [1, 2, 3, 100]) {
        const rows = await walk(directory, 'pages', readOf({ prefix: 'oRDer', limit }));
        expect(rows.map((row) => row.value)).toEqual(['order', 'Orders-D', 'orders-d', 'ORDERS-x']);
      }
      expect(await walk(directory, 'pages', readOf({ prefix: 'or#' }))).toMatchObject([{ value: 'or#der' }]);
      expect(await walk(directory, 'pages', readOf({ prefix: 'or%' }))).toMatchObject([{ value: 'or%der' }]);
      expect(await walk(directory, 'pages', readOf({ prefix: 'or%2' }))).toEqual([]);
      expect(await walk(directory, 'pages', readOf())).toHaveLength(terms.length);
    });

    it('separates organizations, accounts and fields', async () => {
      await directory.ensure('apart', [resource('mine', one), resource('theirs', two)]);
      expect(await walk(directory, 'apart', readOf())).toMatchObject([{ value: 'mine', accountId: one }]);
      expect(await walk(directory, 'apart', readOf({ accountId: two }))).toMatchObject([{ value: 'theirs' }]);
      expect(await walk(directory, 'apart', readOf({ field: 'users' }))).toEqual([]);
      for (const foreign of ['apart#resources', 'apar', 'apart%23resources', '']) {
        expect(await walk(directory, foreign, readOf())).toEqual([]);
      }
    });

    it('continues after any position, whether or not it was returned or has the prefix', async () => {
      await directory.ensure(
        'positions',
        ['a1', 'b1', 'b2', 'b3', 'c1'].map((term) => resource(term)),
      );
      const values = async (prefix: string, after: string) =>
        (await walk(directory, 'positions', readOf({ prefix, after }))).map((row) => row.value);
      expect(await values('b', 'b1#b1')).toEqual(['b2', 'b3']);
      expect(await values('b', 'b11')).toEqual(['b2', 'b3']);
      expect(await values('b', 'a')).toEqual(['b1', 'b2', 'b3']);
      expect(await values('b', 'c')).toEqual([]);
      expect(await values('', 'b3#b3')).toEqual(['c1']);
      expect(await values('', '\u{10ffff}')).toEqual([]);
    });

    it('finds every term by each of its prefixes, and nothing else, for any text', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(awkwardText, { minLength: 1, maxLength: 6 }),
          fc.nat(),
          fc.nat(),
          fc.string({ minLength: 8, maxLength: 8, unit: fc.constantFrom(...'abcdefgh') }),
          async (terms, which, length, organizationId) => {
            await directory.ensure(
              organizationId,
              terms.map((term) => resource(term)),
            );
            const graphemes = [...new Intl.Segmenter().segment(terms[which % terms.length] ?? '')];
            const prefix = graphemes.slice(0, length % (graphemes.length + 1)).map(({ segment }) => segment);
            for (const written of [prefix.join(''), prefix.join('').toUpperCase()]) {
              const found = await walk(directory, organizationId, readOf({ prefix: written, limit: 2 }));
              const expected = [...new Set(terms)].filter((term) => hasPrefix(term, written));
              expect(found.map((row) => row.value).sort()).toEqual(expect.arrayContaining(expected.sort()));
              expect(found.every((row) => hasPrefix(row.value, written))).toBe(true);
            }
          },
        ),
        { numRuns: 60 },
      );
    });

    it('distinguishes terms that are longer than a key', async () => {
      const terms = ['ü', 'X', '☂', '가'].flatMap((letter) => [
        letter.repeat(128),
        `${letter.repeat(127)}y`,
        `${letter.repeat(127)}z`,
      ]);
      await directory.ensure(
        'long',
        terms.map((term) => resource(term)),
      );
      const rows = await walk(directory, 'long', readOf({ limit: 1 }));
      expect(rows.map((row) => row.value).sort()).toEqual([...terms].sort());
      const found = await walk(directory, 'long', readOf({ prefix: `${'Ü'.repeat(127)}Y` }));
      expect(found.map((row) => row.value)).toEqual([terms[1]]);
    });

    it('finds a user by id, name and email address, including those of later events', async () => {
      const seenAt = Date.parse('2026-11-01T00:00:00Z');
      const see = async (name: string, email: string, occurredAtMillis: number) => {
        const entry = makeEntry({
          eventId: `${occurredAtMillis}`,
          organizationId: 'people',
          occurredAtMillis,
        });
        const user = { ...entry.user, id: 'u-9', name, email };
        await directory.ensure('people', directoryRowsOf({ ...entry, accountId: one, user }));
      };
      const find = async (prefix: string) =>
        (await walk(directory, 'people', readOf({ field: 'users', prefix }))).map(
          (row) => `${row.value} ${row.name} ${row.email}`,
        );
      await see('Asha Rao', 'rao@acme.example', seenAt);
      const [before, after] = ['u-9 Asha Rao rao@acme.example', 'u-9 Mira Singh singh@acme.example'];
      for (const prefix of ['U-9', 'ASHA', 'rao@']) expect(await find(prefix)).toEqual([before]);
      await see('Mira Singh', 'singh@acme.example', seenAt + renameAfterMillis - 1);
      for (const prefix of ['mira', 'singh@']) expect(await find(prefix)).toEqual([after]);
      expect(await find('u-9')).toEqual([before]);
      await see('Mira Singh', 'singh@acme.example', seenAt + renameAfterMillis);
      expect(await find('u-9')).toEqual([after]);
      // An older event changes nothing.
      await see('Asha Rao', 'rao@acme.example', seenAt + 1);
      expect(await find('u-9')).toEqual([after]);
      expect(await find('asha')).toEqual([before]);
    });

    it('has one row after many concurrent calls of ensure', async () => {
      const rows = ['a', 'b', 'c'].map((term) => resource(term));
      await Promise.all(Array.from({ length: 10 }, () => directory.ensure('race', rows)));
      const found = await walk(directory, 'race', readOf());
      expect(found.map((row) => row.value)).toEqual(['a', 'b', 'c']);
      expect(found.map((row) => row.term).sort(compareTerms)).toEqual(['a', 'b', 'c']);
    });
  });
}
