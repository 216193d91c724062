import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matchesPath,
  type PathPattern,
  parsePathPattern,
  printPathPattern,
  readPathPattern,
} from '../../../core/query/path-pattern.ts';

const patterns: fc.Arbitrary<PathPattern> = fc.record({
  keys: fc.array(
    fc.option(fc.oneof(fc.string({ minLength: 1, maxLength: 6 }), fc.constantFrom('!', '[0]', 'a.b', '*')), {
      nil: undefined,
    }),
    { minLength: 1, maxLength: 4 },
  ),
  isAnchored: fc.boolean(),
  isNegated: fc.boolean(),
});

describe('parsePathPattern', () => {
  it('reverses printPathPattern', () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        expect(readPathPattern(printPathPattern(pattern))).toEqual(pattern);
      }),
    );
  });

  it('prints one form for everything that it accepts', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (written) => {
        const reading = parsePathPattern(written);
        if ('problem' in reading) return;
        const printed = printPathPattern(reading.pattern);
        expect(parsePathPattern(printed)).toEqual(reading);
      }),
    );
  });

  it.each([
    ['', 'empty key'],
    ['!', 'empty key'],
    ['a..b', 'empty key'],
    ['a.', 'empty key'],
    ['a*', '* only'],
    ['**', '* only'],
    ['a\\b', '\\ only'],
    ['a\\', '\\ only'],
    ['a,b', 'comma'],
    [Array.from({ length: 33 }, () => 'a').join('.'), 'at most 32'],
  ])('rejects %j', (written, problem) => {
    expect(parsePathPattern(written)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe('a path of 32 keys', () => {
  it('is the longest that is accepted', () => {
    const keys = Array.from({ length: 32 }, (_, level) => `k${level}`);
    expect(readPathPattern(keys.join('.')).keys).toEqual(keys);
    expect(matchesPath(readPathPattern(keys.join('.')), keys)).toBe(true);
    expect(() => readPathPattern(`${keys.join('.')}.`)).toThrow('a path must not have an empty key');
  });
});

describe('matchesPath', () => {
  it.each([
    ['instanceClass', 'instanceClass', true],
    ['instanceClass', 'instanceclass', false],
    ['storage', 'storage/gib', true],
    ['gib', 'storage/gib', true],
    ['.gib', 'storage/gib', false],
    ['.storage', 'storage/gib', true],
    ['storage.gib', 'storage', false],
    ['ingress.*', 'vpcSecurityGroups/sg-1/ingress/0/port', true],
    ['ingress.*', 'ingress', false],
    ['containers.*.image', 'containers/app/image', true],
    ['containers.*.image', 'containers/app/sidecar/image', false],
    ['listeners[0].port', 'listeners/0/port', true],
    ['*', 'anything', true],
    ['a\\.b', 'a.b', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(matchesPath(readPathPattern(pattern), path.split('/'))).toBe(expected);
  });
});
