// Tests that the published JSON Schema and the contract's own checks agree on the length of a text.
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEnvelope } from '../../../core/contract/validation.ts';
import publishedSchema from '../../../docs/event-detail.schema.json' with { type: 'json' };
import { makeEvent } from '../../support/fixtures.ts';

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const isValid = ajv.compile(publishedSchema);

/** Returns whether the schema and the contract accept an event whose target has this name. */
function judge(name: string): { schema: boolean; contract: boolean } {
  const event = makeEvent({
    eventId: 'e',
    detail: { target: { kind: 'RESOURCE', type: 'rds', id: 'r', name } },
  });
  return { schema: isValid(event.detail), contract: !('issues' in checkEnvelope(event)) };
}

describe('lengthOf and lengthPattern', () => {
  it.each([
    ['65 characters outside the Basic Multilingual Plane', '\u{20BB7}'.repeat(65), true],
    ['128 of them', '\u{20BB7}'.repeat(128), true],
    ['129 of them', '\u{20BB7}'.repeat(129), false],
    ['129 letters', 'a'.repeat(129), false],
  ])('agree in the published schema and the contract: %s', (_what, name, isAllowed) => {
    expect(judge(name)).toEqual({ schema: isAllowed, contract: isAllowed });
  });

  it('agree for any string', () => {
    const character = fc.constantFrom('a', 'é', 'e\u0301', '\u{20BB7}', '\u{1F600}');
    fc.assert(
      fc.property(fc.array(character, { minLength: 60, maxLength: 140 }), (characters) => {
        const { schema, contract } = judge(characters.join(''));
        expect(schema).toBe(contract);
      }),
      { numRuns: 200 },
    );
  });
});
