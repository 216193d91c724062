import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeUnsafe, escapeUnsafeJson, splitAtUnsafe } from '../../../core/values/visible-text.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('a', '\n', '\u202e', '\u200d', '\ud800', '\u{e0041}', '👩‍💻', '\u0000'))
    .map((all) => all.join('')),
);

/** Characters that a terminal or a browser acts on or does not show. */
const dangerous =
  /[\p{Cc}\p{Cs}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

describe('escapeUnsafe', () => {
  it.each([
    ['a\u001b[31mb', 'a\\u001b[31mb'],
    ['orders\u202egpj.exe', 'orders\\u202egpj.exe'],
    ['a\r\nb\tc', 'a\\u000d\\u000ab\\u0009c'],
    ['\u{e0041}\u00ad', '\\u{e0041}\\u00ad'],
    ['\ud83d', '\\ud83d'],
    ['é👩‍💻 क्‍ष', 'é👩‍💻 क्‍ष'],
  ])('returns for %j the text %j', (raw, escaped) => {
    expect(escapeUnsafe(raw)).toBe(escaped);
  });

  it('leaves no dangerous character, and nothing else changed', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const escaped = escapeUnsafe(raw);
        expect(dangerous.test(escaped)).toBe(false);
        if (!dangerous.test(raw) && !/[\u00ad\u061c\u2060-\u2065]/.test(raw)) expect(escaped).toBe(raw);
      }),
    );
  });
});

describe('splitAtUnsafe', () => {
  it('returns the parts of the escaped text, with the escape sequences at odd places', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const parts = splitAtUnsafe(raw);
        expect(parts.join('')).toBe(escapeUnsafe(raw));
        expect(parts.length % 2).toBe(1);
        for (const [index, part] of parts.entries()) {
          if (index % 2 === 1) expect(part).toMatch(/^\\u(?:[0-9a-f]{4}|\{[0-9a-f]{5}\})$/);
          else expect(dangerous.test(part)).toBe(false);
        }
      }),
    );
  });
});

describe('escapeUnsafeJson', () => {
  it('returns JSON of the same value, with line feeds only between values', () => {
    fc.assert(
      fc.property(fc.dictionary(text, fc.oneof(text, fc.array(text, { maxLength: 3 }))), (value) => {
        fc.pre(!Object.hasOwn(value, '__proto__'));
        const escaped = escapeUnsafeJson(JSON.stringify(value, null, 2));
        expect(JSON.parse(escaped)).toEqual(value);
        expect(dangerous.test(escaped.replaceAll('\n', ''))).toBe(false);
      }),
    );
    expect(escapeUnsafeJson('{\n"a": "\u{e0041}"\n}')).toBe('{\n"a": "\\udb40\\udc41"\n}');
  });
});
