import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePage, encodePage } from '../../../dashboard/src/location/page-state.ts';
import { search } from '../search/search-arbitraries.ts';

const entryId = fc.string({ unit: 'binary', minLength: 1 }).filter((id) => id !== '.' && id !== '..');

describe('encodePage', () => {
  it('is reversed by decodePage', () => {
    fc.assert(
      fc.property(search, fc.option(entryId, { nil: undefined }), (given, id) => {
        const state = { search: given, ...(id !== undefined && { entryId: id }) };
        expect(decodePage(encodePage(state))).toEqual(state);
      }),
    );
  });

  it("keeps the list's filters in the link to an entry", () => {
    const state = decodePage('/entries/01M7ZYHQ8XW9PF4D2T6R3K5N1C?user=u-2077&last=7d');
    expect(state.entryId).toBe('01M7ZYHQ8XW9PF4D2T6R3K5N1C');
    expect(encodePage({ ...state, entryId: undefined })).toBe('/?user=u-2077&last=7d');
  });
});

describe('decodePage', () => {
  it('accepts any URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (junk) => {
        expect(() => [decodePage(junk), decodePage(`/entries/${junk}`)]).not.toThrow();
      }),
    );
  });
});
