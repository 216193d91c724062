import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginsWith,
  findEntryId,
  findFreeText,
  findNamePrefix,
  labelToken,
  replaceFreeText,
  toFilters,
  toRecorded,
  toRecordedTokens,
  toTokens,
} from '../../../dashboard/src/filters/tokens.ts';
import { filters } from '../search/search-arbitraries.ts';

describe('toTokens', () => {
  it('is reversed by toFilters', () => {
    fc.assert(
      fc.property(filters, (given) => {
        expect(toFilters(toTokens(given))).toEqual(given);
      }),
    );
  });

  it('creates one token for each filter', () => {
    expect(toTokens({ user: ['u-1', 'u-2'] })).toEqual([
      { propertyKey: 'user', operator: '=', value: ['u-1', 'u-2'] },
    ]);
  });

  it('creates a token for the values that are excluded', () => {
    expect(toTokens({ user: ['!u-1', '!u-2*', 'u*'] })).toEqual([
      { propertyKey: 'user', operator: beginsWith, value: 'u' },
      { propertyKey: 'user', operator: '!=', value: ['u-1', 'u-2*'] },
    ]);
  });

  it.each(['\\**', 'orders\\**'])('keeps a prefix that ends in an asterisk: %s', (prefix) => {
    expect(toFilters(toTokens({ resource: [prefix] }))).toEqual({ resource: [prefix] });
  });

  it('shows a single name prefix with its own operator', () => {
    expect(toTokens({ resource: ['orders*'] })).toEqual([
      { propertyKey: 'resource', operator: beginsWith, value: 'orders' },
    ]);
  });
});

describe('toRecorded', () => {
  it.each([{}, { recordedTo: '2026-11-05' }, { recordedFrom: 'yesterday', recordedTo: '2026-11-05' }])(
    'reads the tokens of %j back',
    (recorded) => {
      const tokens = toRecordedTokens(recorded);
      expect(toRecorded(tokens).recorded ?? {}).toEqual(recorded);
      expect(toFilters(tokens)).toEqual({});
    },
  );
});

describe('labelToken', () => {
  it.each([
    [beginsWith, 'orders', 'Name begins with orders'],
    ['=' as const, 'billing, orders', 'Name equals billing, orders'],
    ['!=' as const, 'billing, orders', 'Name does not equal billing, orders'],
  ])('says what a filter with the operator %j is', (operator, value, words) => {
    expect(labelToken({ propertyKey: 'resource', propertyLabel: 'Name', operator, value })).toBe(words);
  });
});

const freeText = (value: string) => ({ operator: beginsWith, value });

describe('toFilters', () => {
  it.each([
    ['orders', { resource: ['orders*'] }],
    ['orders*', { resource: ['orders*'] }],
    ['123456789012', { account: ['123456789012'] }],
    ['eu-west-1', { region: ['eu-west-1'] }],
    ['   ', {}],
  ])('reads the bare word %j as what people mean by it', (word, expected) => {
    expect(toFilters([freeText(word)])).toEqual(expected);
  });

  it('merges tokens of the same filter', () => {
    const tokens = [
      { propertyKey: 'resource', operator: '=' as const, value: ['billing'] },
      { propertyKey: 'resource', operator: beginsWith, value: 'orders' },
    ];
    expect(toFilters(tokens)).toEqual({ resource: ['billing', 'orders*'] });
  });

  it('reads typed values with the grammar of the API', () => {
    const typed = (operator: string, value: string) => toFilters([{ propertyKey: 'user', operator, value }]);
    expect(typed('=', 'u-1,!u-2,x*')).toEqual({ user: ['!u-2', 'u-1', 'x*'] });
    expect(typed('!=', 'u-1,x\\*')).toEqual({ user: ['!u-1', '!x\\*'] });
    expect(typed('=', 'a\\b')).toEqual({ user: ['a\\b'] });
    expect(typed(beginsWith, 'a\\b,')).toEqual({ user: ['a\\\\b\\,*'] });
  });

  it('searches for a chosen value exactly, whatever characters it contains', () => {
    const tokens = replaceFreeText([freeText('x')], { name: 'resource', value: 'nightly-*' });
    expect(toFilters(tokens)).toEqual({ resource: ['nightly-\\*'] });
  });

  it('keeps spaces at the ends of a chosen value, and trims typed text', () => {
    const chosen = { propertyKey: 'resource', operator: '=' as const, value: ['trail '] };
    expect(toFilters([chosen])).toEqual({ resource: ['trail '] });
    expect(toFilters([freeText(' trail ')])).toEqual({ resource: ['trail*'] });
  });

  it('drops a token without a value', () => {
    expect(toFilters([{ propertyKey: 'user', operator: '=', value: [] }])).toEqual({});
  });
});

describe('findFreeText', () => {
  it.each([
    ['ben okafor', 'ben okafor'],
    ['orders*', undefined],
    ['123456789012', undefined],
    ['eu-west-1', undefined],
    ['  ', undefined],
  ])('of %j gives %j', (text, name) => {
    const region = { propertyKey: 'region', operator: '=', value: ['eu-west-1'] };
    expect(findFreeText([region, freeText(text)])).toBe(name);
  });
});

describe('replaceFreeText', () => {
  it('replaces the free text with a filter value, and keeps the other tokens', () => {
    const region = { propertyKey: 'region', operator: '=', value: ['eu-west-1'] };
    const user = { name: 'user', value: 'u-2077' } as const;
    expect(toFilters(replaceFreeText([region, freeText('okafor')], user))).toEqual({
      region: ['eu-west-1'],
      user: ['u-2077'],
    });
  });
});

describe('findNamePrefix', () => {
  it('returns a single name prefix', () => {
    expect(findNamePrefix({ resource: ['okafor*'] })).toBe('okafor');
    expect(findNamePrefix({ resource: ['okafor'] })).toBeUndefined();
    expect(findNamePrefix({ resource: ['a*', 'b*'] })).toBeUndefined();
  });
});

describe('findEntryId', () => {
  it('finds an ID in uppercase or lowercase', () => {
    expect(findEntryId([freeText(' 01m7zyhq8xw9pf4d2t6r3k5n1c ')])).toBe('01M7ZYHQ8XW9PF4D2T6R3K5N1C');
  });

  it('ignores filter values', () => {
    const token = { propertyKey: 'target', operator: '=' as const, value: ['01M7ZYHQ8XW9PF4D2T6R3K5N1C'] };
    expect(findEntryId([token])).toBeUndefined();
  });
});
