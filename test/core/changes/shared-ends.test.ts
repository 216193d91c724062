import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutSharedEnd, cutSharedStart } from '../../../core/changes/shared-ends.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', ':', '.', '[REDACTED:1]', '[REDACTED:2]') });

describe('cutSharedStart', () => {
  it('cuts only the shared start, and never a marker', () => {
    fc.assert(
      fc.property(text, text, text, (start, one, other) => {
        const [before, after] = [start + one, start + other];
        const cut = cutSharedStart(before, after);
        if (cut === undefined) return;
        const ends = cut.map((side) => side.slice(1));
        expect(before.endsWith(ends[0] ?? '')).toBe(true);
        expect(after.endsWith(ends[1] ?? '')).toBe(true);
        const beginning = before.slice(0, before.length - (ends[0]?.length ?? 0));
        expect(after.startsWith(beginning)).toBe(true);
        expect(beginning).toMatch(/^(?:[ab/:.]|\[REDACTED:\d\])*$/);
      }),
    );
  });

  it('keeps a short start', () => {
    expect(cutSharedStart('db.t4g.micro', 'db.t4g.medium')).toBeUndefined();
  });
});

describe('cutSharedEnd', () => {
  it('cuts only the shared end', () => {
    const end = ' and a long explanation that stays the same';
    expect(cutSharedEnd(`one${end}`, `two${end}`)).toEqual(['one…', 'two…']);
    expect(cutSharedEnd('one and', 'two and')).toBeUndefined();
  });
});
