import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineChanges } from '../../core/changes/change-outline.ts';
import { compareStates } from '../../core/changes/state-comparison.ts';
import { toListItem } from '../../core/entry/entry.ts';
import type { JsonObject } from '../../core/values/json.ts';
import { decodeView, encodeView } from '../../store/view-codec.ts';
import { makeEntry } from '../support/entries.ts';

const item = toListItem(makeEntry({ eventId: 'e-1' }));

describe('decodeView', () => {
  it('returns what was encoded, whatever changed', () => {
    const states = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.jsonValue({ depthSize: 'small' }),
    ) as fc.Arbitrary<JsonObject>;
    fc.assert(
      fc.property(states, states, (before, after) => {
        const changed = { ...item, ...outlineChanges(compareStates(before, after)) };
        const stored = JSON.parse(JSON.stringify(encodeView(changed)));
        expect(decodeView('acme', item.id, stored)).toEqual(JSON.parse(JSON.stringify(changed)));
      }),
    );
  });

  it('keeps numbers that a DynamoDB number cannot hold', () => {
    const highlights = [{ path: '/size', op: 'replace', before: 1e300, after: 5e-324 }] as const;
    const stored = encodeView({ ...item, highlights });
    expect(typeof stored.hv).toBe('string');
    expect(decodeView('acme', item.id, stored).highlights).toEqual(highlights);
  });

  it('reads views of releases that stored no values', () => {
    const { hv: _, ...old } = encodeView(item);
    expect(decodeView('acme', item.id, old)).toEqual({ ...item, highlights: [] });
  });

  it.each(['[["?",1,2]]', '[["~",1,2],["~",1,2]]', 'x'])('fails for invalid highlights: %s', (hv) => {
    expect(() => decodeView('acme', item.id, { ...encodeView(item), hv })).toThrow();
  });
});
