import { describe, expect, it } from 'vitest';
import { toListItem } from '../../../core/entry/entry.ts';
import { isCurrent, matches, valuesOf } from '../../../core/query/matching.ts';
import { parseQuery, type Query } from '../../../core/query/query.ts';
import { type EntryParts, makeEntry } from '../../support/entries.ts';
import { makeCaller, now } from '../../support/fixtures.ts';
import { makeQuery } from '../../support/search.ts';

const occurredAtMillis = Date.parse('2026-11-10T00:00:00Z');
const itemOf = (parts: Partial<EntryParts> = {}) =>
  toListItem(makeEntry({ eventId: 'e-1', occurredAtMillis, ...parts }));
const isMatch = (query: Partial<Query>, parts: Partial<EntryParts> = {}, nowMillis = now) =>
  matches(itemOf(parts), makeQuery(query), makeCaller(), nowMillis);

describe('matches', () => {
  it('includes both bounds of the time of the action', () => {
    expect(isMatch({ fromMillis: occurredAtMillis, toMillis: occurredAtMillis })).toBe(true);
    expect(isMatch({ fromMillis: occurredAtMillis + 1 })).toBe(false);
    expect(isMatch({ toMillis: occurredAtMillis - 1 })).toBe(false);
  });

  it('includes both bounds of the time of recording', () => {
    const recordedAtMillis = occurredAtMillis + 60_000;
    const recorded = (recordedFromMillis?: number, recordedToMillis?: number) =>
      isMatch({ recordedFromMillis, recordedToMillis }, { recordedAtMillis });
    expect(recorded(recordedAtMillis, recordedAtMillis)).toBe(true);
    expect(recorded(recordedAtMillis + 1)).toBe(false);
    expect(recorded(undefined, recordedAtMillis - 1)).toBe(false);
  });

  it('excludes expired entries and those in accounts that the caller cannot see', () => {
    const expiresAt = Math.floor(now / 1000) + 1;
    expect(isMatch({}, { expiresAt }, expiresAt * 1000 - 1)).toBe(true);
    expect(isMatch({}, { expiresAt }, expiresAt * 1000)).toBe(false);
    expect(isCurrent({}, now)).toBe(true);
    const item = itemOf({ accountId: '111111111111' });
    const seenBy = (accounts: string[]) => matches(item, makeQuery(), makeCaller({ accounts }), now);
    expect([seenBy(['111111111111']), seenBy(['222222222222']), seenBy([])]).toEqual([true, false, false]);
  });

  it.each([
    ['action=UPDATE', true],
    ['action=!UPDATE', false],
    ['user=u-7&resource=db', true],
    ['user=u-7&resource=other', false],
    ['service=shop', true],
    ['service=db', false],
    ['kind=RESOURCE&region=eu-west-1&account=111111111111&environment=prod', true],
    ['environment=!prod', false],
    ['verdict=PERMITTED', true],
    ['actorType=user', true],
    ['disputed=true', true],
    // Only detail-search.ts can decide these.
    ['reason=anything&changed=a', true],
  ])('compares the values of the entry with %s: %s', (text, expected) => {
    const item = itemOf({
      userId: 'u-7',
      name: 'db',
      serviceName: 'shop',
      accountId: '111111111111',
      region: 'eu-west-1',
      environment: 'prod',
      verdict: 'PERMITTED',
    });
    expect(matches(item, parseQuery(text), makeCaller(), now)).toBe(expected);
  });

  it('finds a service by its own name, and its resources', () => {
    const service = itemOf({ kind: 'SERVICE', name: 'shop', serviceName: undefined });
    expect(valuesOf('service', service)).toEqual(['shop', undefined]);
    const resource = itemOf({ name: 'shop', serviceName: 'other' });
    expect(valuesOf('service', resource)).toEqual([undefined, 'other']);
  });
});
