import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../../core/entry/derive-entry-id.ts';
import { lowestIdAt } from '../../../core/entry/entry-id.ts';
import {
  compareSortKeys,
  directoryPartitionKey,
  directorySortKey,
  directorySortKeyStart,
  isWriteCountPartitionKey,
  overflowKey,
  readOverflowKey,
  viewPartitionKey,
  writeCountPartitionKey,
} from '../../../core/storage/keys.ts';
import { compareTerms, foldTerm, hasPrefix } from '../../../core/values/folded-text.ts';
import { awkwardText, textWithBeginning } from '../../support/awkward-text.ts';

describe('overflowKey', () => {
  it('returns a key from which readOverflowKey restores all parts', () => {
    const identity = { organizationId: 'acme', source: 'mayaops.resources', eventId: 'e-1' };
    const id = deriveEntryId({ ...identity, occurredAtMillis: 1_800_000_000_000 });
    const days = fc.option(fc.integer({ min: 1, max: 36_500 }), { nil: undefined });
    const organizations = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
    fc.assert(
      fc.property(organizations, days, (organizationId, retentionDays) => {
        const name = { organizationId, id, sha256: '0'.repeat(64), ...(retentionDays && { retentionDays }) };
        expect(readOverflowKey(overflowKey(name))).toEqual(name);
      }),
    );
  });
});

describe('readOverflowKey', () => {
  const sha256 = 'a'.repeat(64);
  const id = lowestIdAt(1_800_000_000_000);

  it.each([
    ['another prefix', `x/acme/${id}/${sha256}`],
    ['text before the prefix', `xretention.30/acme/${id}/${sha256}`],
    ['a retention period of 0', `retention.0/acme/${id}/${sha256}`],
    ['no retention period', `retention./acme/${id}/${sha256}`],
    ['an organization with other characters', `a%20b/${id}/${sha256}`],
    ['no organization', `/${id}/${sha256}`],
    ['a malformed ID', `acme/${id}x/${sha256}`],
    ['a short hash', `acme/${id}/${sha256.slice(1)}`],
    ['text after the hash', `acme/${id}/${sha256}0`],
    ['an uppercase hash', `acme/${id}/${sha256.toUpperCase()}`],
  ])('returns undefined for a key with %s', (_case, key) => {
    expect(readOverflowKey(key)).toBeUndefined();
    expect(readOverflowKey(`retention.30/acme/${id}/${sha256}`)).toBeDefined();
  });
});

describe('keys of partitions', () => {
  it('differ for every organization, user, field, account and index', () => {
    const keys = ['acme', 'globex'].flatMap((organization) => [
      viewPartitionKey(organization),
      viewPartitionKey(organization, 'u-1'),
      viewPartitionKey(organization, 'shared'),
      directoryPartitionKey(organization, 'targets'),
      directoryPartitionKey(organization, 'users', '111111111111'),
      directoryPartitionKey(organization, 'users', '222222222222'),
      directoryPartitionKey(organization, 'resources', '111111111111'),
      writeCountPartitionKey(organization, 'user', 'a'),
      writeCountPartitionKey(organization, 'user', 'b'),
      writeCountPartitionKey(organization, 'accountRegion', 'a'),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter(isWriteCountPartitionKey)).toHaveLength(6);
  });

  it('separate an organization from what follows it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (one, user, other, otherUser) => {
        const isSame = one === other && user === otherUser;
        expect(viewPartitionKey(one, user) === viewPartitionKey(other, otherUser)).toBe(isSame);
      }),
    );
  });
});

describe('directorySortKeyStart', () => {
  it('ends at a character, after at most 120 bytes', () => {
    expect(directorySortKeyStart('a'.repeat(130))).toBe('a'.repeat(120));
    expect(directorySortKeyStart('a'.repeat(120))).toBe('a'.repeat(120));
    expect(directorySortKeyStart(`${'a'.repeat(119)}語`)).toBe('a'.repeat(119));
    expect(Buffer.byteLength(directorySortKeyStart('#'.repeat(100)))).toBe(120);
  });
});

describe('directorySortKey', () => {
  it('starts with the start of a prefix if and only if the term starts with the prefix, unless truncated', () => {
    fc.assert(
      fc.property(fc.oneof(textWithBeginning, fc.tuple(awkwardText, awkwardText)), ([term, prefix]) => {
        const isInside = directorySortKey(term, 'v').startsWith(directorySortKeyStart(prefix));
        if (hasPrefix(term, prefix)) expect(isInside).toBe(true);
        else if (Buffer.byteLength(foldTerm(prefix)) <= 40) expect(isInside).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('differs for different folded terms or values, and always fits in a cursor', () => {
    const pair = fc.tuple(awkwardText, awkwardText);
    fc.assert(
      fc.property(pair, pair, ([term, value], [otherTerm, otherValue]) => {
        const key = directorySortKey(term, value);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(161);
        const isSame = compareTerms(term, otherTerm) === 0 && value === otherValue;
        expect(key === directorySortKey(otherTerm, otherValue)).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
    const long = 'x'.repeat(200);
    expect(directorySortKey(`${long}a`, 'v')).not.toBe(directorySortKey(`${long}b`, 'v'));
    expect(directorySortKey('a', `${long}a`)).not.toBe(directorySortKey('a', `${long}b`));
  });
});

describe('compareSortKeys', () => {
  it('sorts like DynamoDB, by UTF-8 bytes', () => {
    expect(['\u{1f600}', '\uff21', 'b', 'a'].sort(compareSortKeys)).toEqual([
      'a',
      'b',
      '\uff21',
      '\u{1f600}',
    ]);
  });
});
