import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../local/event-bus/pattern.ts';

const event = {
  source: 'mayaops.services',
  'detail-type': 'Service Created',
  account: '210987654321',
  detail: {
    count: 3,
    name: 'checkout-api',
    ip: '10.0.1.7',
    tags: ['a', 'b'],
    empty: '',
    none: null,
    list: [{ id: 1 }, { id: 2 }],
  },
};

const matches = (pattern: unknown) => compilePattern(pattern)(event);

describe('compilePattern', () => {
  it.each([
    ['an exact value', { source: ['mayaops.services'] }, true],
    ['one of several values', { source: ['other', 'mayaops.services'] }, true],
    ['another value', { source: ['other'] }, false],
    ['every field', { source: ['mayaops.services'], account: ['1'] }, false],
    ['a number', { detail: { count: [3] } }, true],
    ['a number as text', { detail: { count: ['3'] } }, false],
    ['null', { detail: { none: [null] } }, true],
    ['an empty text', { detail: { empty: [''] } }, true],
    ['an element of a list', { detail: { tags: ['b'] } }, true],
    ['an object in a list', { detail: { list: { id: [2] } } }, true],
    ['prefix', { detail: { name: [{ prefix: 'check' }] } }, true],
    ['prefix ignoring case', { detail: { name: [{ prefix: { 'equals-ignore-case': 'CHECK' } }] } }, true],
    ['suffix', { detail: { name: [{ suffix: '-api' }] } }, true],
    ['equals-ignore-case', { detail: { name: [{ 'equals-ignore-case': 'Checkout-API' }] } }, true],
    ['wildcard', { detail: { name: [{ wildcard: 'check*-api' }] } }, true],
    ['wildcard with no match', { detail: { name: [{ wildcard: 'check*web' }] } }, false],
    ['numeric range', { detail: { count: [{ numeric: ['>', 0, '<=', 3] }] } }, true],
    ['numeric range missed', { detail: { count: [{ numeric: ['<', 3] }] } }, false],
    ['cidr', { detail: { ip: [{ cidr: '10.0.0.0/16' }] } }, true],
    ['cidr missed', { detail: { ip: [{ cidr: '10.1.0.0/16' }] } }, false],
    ['exists', { detail: { name: [{ exists: true }] } }, true],
    ['exists on an object', { detail: [{ exists: true }] }, false],
    ['does not exist', { detail: { other: [{ exists: false }] } }, true],
    ['does not exist below what is missing', { nowhere: { other: [{ exists: false }] } }, true],
    ['does not exist but does', { detail: { name: [{ exists: false }] } }, false],
    ['anything-but', { detail: { name: [{ 'anything-but': 'other' }] } }, true],
    ['anything-but the value', { detail: { name: [{ 'anything-but': ['x', 'checkout-api'] }] } }, false],
    ['anything-but a prefix', { detail: { name: [{ 'anything-but': { prefix: 'check' } }] } }, false],
    ['anything-but a wildcard', { detail: { name: [{ 'anything-but': { wildcard: '*web' } }] } }, true],
    ['anything-but on a missing field', { detail: { other: [{ 'anything-but': 'x' }] } }, false],
    ['$or', { $or: [{ source: ['other'] }, { detail: { count: [3] } }] }, true],
    ['$or with no match', { $or: [{ source: ['other'] }, { detail: { count: [4] } }] }, false],
  ])('evaluates %s', (_, pattern, expected) => {
    expect(matches(pattern)).toBe(expected);
  });

  it('matches everything with an empty pattern', () => {
    expect(matches({})).toBe(true);
  });

  it.each([
    [{ source: 'text' }, 'source must be an object or a list'],
    [{ source: [{ contains: 'x' }] }, 'supported operators: exists'],
    [{ detail: { count: [{ numeric: ['~', 1] }] } }, 'unsupported numeric'],
    [{ source: [{ prefix: 3 }] }, 'source requires text'],
  ])('rejects %j', (pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
  });
});
