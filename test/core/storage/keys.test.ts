import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../../core/entry/derive-entry-id.ts';
import {
  compareSortKeys,
  directorySortKey,
  directorySortKeyStart,
  overflowKey,
  readOverflowKey,
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
