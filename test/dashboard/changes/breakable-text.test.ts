import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAtBreaks } from '../../../dashboard/src/changes/breakable-text.tsx';

describe('splitAtBreaks', () => {
  it.each([
    ['masterUserPassword', 'master|User|Password'],
    ['allocatedStorageGiB', 'allocated|Storage|GiB'],
    ['ben.okafor@acme.example', 'ben.|okafor@|acme.|example'],
    ['at 16:40:51', 'at |16:40:51'],
  ])('lets %s break as %s', (text, pieces) => {
    expect(splitAtBreaks(text).join('|')).toBe(pieces);
  });

  it('does not change the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => splitAtBreaks(text).join('') === text));
  });
});
