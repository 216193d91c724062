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
    expect(findShortcut({ ...press, key }, 'page')).toBe(name);
  });

  it('leaves keys to whoever types, to the browser and to open menus', () => {
    expect(findShortcut({ ...press, key: 'j' }, 'taken')).toBeUndefined();
    expect(findShortcut({ ...press, key: 'k', ctrlKey: true }, 'page')).toBeUndefined();
    expect(findShortcut({ ...press, key: 'Escape', defaultPrevented: true }, 'page')).toBeUndefined();
  });

  it('leaves the filter by the Escape that the filter does not use, and by nothing else', () => {
    expect(findShortcut({ ...press, key: 'Escape', defaultPrevented: true }, 'filter')).toBe('list');
    expect(findShortcut({ ...press, key: 'j' }, 'filter')).toBeUndefined();
    expect(findShortcut({ ...press, key: '/' }, 'filter')).toBeUndefined();
  });
});
