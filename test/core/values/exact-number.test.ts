import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areSameNumber,
  isExactNumber,
  isHeldByDouble,
  toJsonText,
} from '../../../core/values/exact-number.ts';
import { depthOf, findJsonIssues } from '../../../core/values/json.ts';
import { parseJson } from '../../../core/values/parse-json.ts';

const digits = (maxLength: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength }).map((all) => all.join(''));

/** Any number in JSON's form, as written. */
const numberTexts = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: digits(25).map((text) => text.replace(/^0+(?=.)/, '')),
    fraction: fc.option(digits(25), { nil: undefined }),
    exponent: fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), fc.integer({ min: 0, max: 400 })), {
      nil: undefined,
    }),
  })
  .map(
    ({ sign, whole, fraction, exponent }) =>
      `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${exponent?.join('') ?? ''}`,
  );

/** Compares numbers as integers with a power of ten. */
function areEqual(...texts: [string, string]): boolean {
  const [one, other] = texts.map((text) => {
    const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
    const [whole = '', fraction = ''] = mantissa.split('.');
    return { digits: BigInt(whole + fraction), power: Number(exponent) - fraction.length };
  });
  if (one === undefined || other === undefined) return false;
  const lowest = Math.min(one.power, other.power);
  const scaled = ({ digits: all, power }: typeof one) => all * 10n ** BigInt(power - lowest);
  return scaled(one) === scaled(other);
}

describe('isHeldByDouble', () => {
  it.each([
    '0',
    '1',
    '-1',
    '1.0',
    '1.50',
    '0.1',
    '1e3',
    '1.5E-7',
    '9007199254740991',
    '-9007199254740991',
    '0.30000000000000004',
  ])('is true for %s', (text) => expect(isHeldByDouble(text)).toBe(true));

  it.each([
    '-0',
    '-0.0',
    '9007199254740992',
    '9007199254740993',
    '10000000000000000001',
    '1e21',
    '-1.5e300',
    '1e400',
    '1e-400',
    '0.10000000000000001',
    '3.14159265358979323846',
    '1e99999999999999999999',
  ])('is false for %s', (text) => expect(isHeldByDouble(text)).toBe(false));
});

describe('parseJson', () => {
  it('keeps every number: as the same double, or exactly as it was written', () => {
    fc.assert(
      fc.property(numberTexts, (text) => {
        const { n } = parseJson(`{"n":${text}}`) as { n: unknown };
        if (typeof n === 'number') {
          expect(Number.isFinite(n)).toBe(true);
          expect(areEqual(JSON.stringify(n), text)).toBe(true);
        } else {
          expect(n).toEqual({ $number: text });
          expect(toJsonText({ n })).toBe(`{"n":${text}}`);
          expect(JSON.parse(JSON.stringify({ n }))).toEqual({ n });
        }
      }),
      { numRuns: 200 },
    );
  });

  it('finds an inexact number wherever JSON allows one', () => {
    const exact = { $number: '-0' };
    for (const text of ['[-0]', '[1,-0]', '[1, -0]', '{"n":-0}', '{"n"\t:\n-0\r\n}', '-0', ' -0'])
      expect(JSON.stringify(parseJson(text))).toContain(JSON.stringify(exact));
    expect(parseJson('{"id":"sg-0a1e5f","numbers":[1.5,-2, 123456789012345]}')).toEqual({
      id: 'sg-0a1e5f',
      numbers: [1.5, -2, 123456789012345],
    });
  });

  it('gives what JSON.parse gives for everything else', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        const plain: unknown = JSON.parse(text);
        if (findJsonIssues(plain).length === 0 && !/\d{16}|e[+-]?\d/.test(text))
          expect(parseJson(text)).toEqual(plain);
      }),
    );
  });

  it('does not overflow the stack', () => {
    const deep = `${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}`;
    expect(depthOf(parseJson(deep))).toBe(200_000);
  });

  it('keeps a number of a megabyte, in linear time', () => {
    const text = `1${'0'.repeat(500_000)}1${'0'.repeat(500_000)}`;
    expect(parseJson(`[${text}]`)).toEqual([{ $number: text }]);
  });

  it('fails for text that is not JSON', () => {
    expect(() => parseJson('{"n":012345678901234567890}')).toThrow(SyntaxError);
  });
});

describe('parseJson with an exact number', () => {
  it('keeps all other values as they are', () => {
    expect(parseJson('[1e400, "x", "1", true, null, 1, {"$number": "5"}]')).toEqual([
      { $number: '1e400' },
      'x',
      '1',
      true,
      null,
      1,
      { $number: '5' },
    ]);
  });
});

describe('areSameNumber', () => {
  const exact = (text: string) => ({ $number: text });

  it.each([
    ['1e400', '10e399'],
    ['10000000000000000001', '10000000000000000001.0'],
    ['-1e21', '-1000000000000000000000'],
  ])('%s equals %s', (one, other) => expect(areSameNumber(exact(one), exact(other))).toBe(true));

  it.each([
    ['10000000000000000001', '10000000000000000002'],
    ['1e400', '-1e400'],
    ['1e400', '1e401'],
  ])('%s differs from %s', (one, other) => expect(areSameNumber(exact(one), exact(other))).toBe(false));

  it('compares with doubles', () => {
    expect(areSameNumber(exact('-0'), 0)).toBe(true);
    expect(areSameNumber(exact('0.10000000000000001'), 0.1)).toBe(false);
    expect(areSameNumber('10000000000000000001', exact('10000000000000000001'))).toBe(false);
    for (const other of ['x', null, undefined, {}, [], true]) {
      expect([areSameNumber(exact('-0'), other), areSameNumber(other, exact('-0'))]).toEqual([false, false]);
    }
    expect([areSameNumber(1, 1), areSameNumber(null, null)]).toEqual([false, false]);
  });
});

describe('toJsonText', () => {
  it('changes nothing inside strings, and no object that is not an exact number', () => {
    const values = [
      '{"$number":"10000000000000000001"}',
      { $number: '5' },
      { $number: 'x' },
      { $number: '1e400', a: 1 },
    ];
    for (const value of values) {
      expect(isExactNumber(value)).toBe(false);
      expect(toJsonText([value])).toBe(JSON.stringify([value]));
    }
    expect(toJsonText(undefined)).toBe('');
    expect(toJsonText([{ $number: '1e400' }], 2)).toBe('[\n  1e400\n]');
  });

  it('counts an exact number as a scalar', () => {
    const nested = JSON.parse(`${'['.repeat(32)}{"$number":"1e400"}${']'.repeat(32)}`);
    expect([depthOf(nested), findJsonIssues(nested)]).toEqual([32, []]);
  });
});
