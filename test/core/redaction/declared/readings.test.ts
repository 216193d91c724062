// Tests the decoder that the tests of declared secrets use: it must find a value in each encoding by itself.
import { describe, expect, it } from 'vitest';
import { encodings } from './encodings.ts';
import { readingsOf, windowsOf } from './readings.ts';

const value = "Regen'24 & <Zaun>";

describe('readingsOf', () => {
  it.each(Object.entries(encodings))('contains a value in %s', (_name, encode) => {
    const readings = [...readingsOf([{ list: [{ [encode(value)]: 1 }], note: encode(encode(value)) }])];
    expect(readings.filter((text) => text.includes(value)).length).toBeGreaterThan(0);
  });

  it('contains keys, values and numbers', () => {
    expect([...readingsOf([{ key: ['value', 5] }])]).toEqual(['key', 'value', '5']);
  });
});

describe('windowsOf', () => {
  it('returns every part of a value, and a short value itself', () => {
    expect(windowsOf('abcdef', 4)).toEqual(['abcd', 'bcde', 'cdef']);
    expect(windowsOf('abc', 4)).toEqual(['abc']);
  });
});
