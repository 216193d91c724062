import { describe, expect, it } from 'vitest';
import { findShortcut } from '../../../dashboard/src/page/shortcuts.ts';

const press = { ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false };

describe('findShortcut', () => {
  it.each([
    ['/', 'filter'],
    ['j', 'next'],
    ['k', 'previous'],
    ['Escape', 'close'],
    ['?', 'help'],
    ['Enter', undefined],
    ['x', undefined],
  ])('takes %s for %s', (key, name) => {
    expect(findShortcut({ ...press, key }, false)).toBe(name);
  });

  it('leaves keys to whoever types, to the browser and to open menus', () => {
    expect(findShortcut({ ...press, key: 'j' }, true)).toBeUndefined();
    expect(findShortcut({ ...press, key: 'k', ctrlKey: true }, false)).toBeUndefined();
    expect(findShortcut({ ...press, key: 'Escape', defaultPrevented: true }, false)).toBeUndefined();
  });
});
