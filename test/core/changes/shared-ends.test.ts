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
    const start = (length: number) => `${'a'.repeat(length - 1)}/`;
    expect(cutSharedStart(`${start(19)}x`, `${start(19)}y`)).toBeUndefined();
    expect(cutSharedStart(`${start(20)}x`, `${start(20)}y`)).toEqual(['…x', '…y']);
  });

  it('cuts up to the last slash, or else up to the last separator, and never inside a word', () => {
    const word = 'a'.repeat(20);
    expect(cutSharedStart(`${word}/b:c:x`, `${word}/b:c:y`)).toEqual(['…b:c:x', '…b:c:y']);
    expect(cutSharedStart(`${word}:b:x1`, `${word}:b:x2`)).toEqual(['…x1', '…x2']);
    expect(cutSharedStart(`${word}x`, `${word}y`)).toBeUndefined();
    expect(cutSharedStart(`${word}:x`, `${word}:`)).toBeUndefined();
  });

  it('keeps a text that is cut already or longer than 10,000 characters', () => {
    const long = (length: number) => `${'a'.repeat(length - 2)}:`;
    expect(cutSharedStart(`${long(10_000)}x`, `${long(10_000)}y`)).toEqual(['…x', '…y']);
    expect(cutSharedStart(`${long(10_001)}x`, `${long(10_001)}y`)).toBeUndefined();
    expect(cutSharedStart(`…${long(30)}x`, `…${long(30)}y`)).toBeUndefined();
  });
});

describe('cutSharedEnd', () => {
  it('cuts only the shared end', () => {
    const end = ' and a long explanation that stays the same';
    expect(cutSharedEnd(`one${end}`, `two${end}`)).toEqual(['one…', 'two…']);
    expect(cutSharedEnd('one and', 'two and')).toBeUndefined();
    const shared = (length: number) => `:${'a'.repeat(length - 1)}`;
    expect(cutSharedEnd(`x${shared(19)}`, `y${shared(19)}`)).toBeUndefined();
    expect(cutSharedEnd(`x${shared(20)}`, `y${shared(20)}`)).toEqual(['x…', 'y…']);
    expect(cutSharedEnd(`x${shared(9999)}`, `y${shared(9999)}`)).toEqual(['x…', 'y…']);
    expect(cutSharedEnd(`x${shared(10_000)}`, `y${shared(10_000)}`)).toBeUndefined();
  });
});
