import { describe, expect, it } from 'vitest';
import { makeProperties } from '../../../dashboard/src/filters/properties.ts';

const name = 'orders\u202egpj.exe';
const shown = 'orders\\u202egpj.exe';

describe('makeProperties', () => {
  it('escapes invisible and bidirectional characters in every filter and operator', () => {
    for (const { key, operators = [] } of makeProperties(() => name)) {
      for (const operator of operators) {
        const format = typeof operator === 'string' ? undefined : operator.format;
        expect([key, format?.([name])]).toEqual([key, expect.stringContaining(shown)]);
        expect([key, format?.([name])]).not.toEqual([key, expect.stringContaining('\u202e')]);
      }
    }
  });
});
