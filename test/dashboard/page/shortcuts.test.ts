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
  ])('maps %s to %s', (key, name) => {
    expect(findShortcut({ ...press, key }, 'page')).toBe(name);
  });

  it('ignores keys for inputs, the browser and open menus', () => {
    expect(findShortcut({ ...press, key: 'j' }, 'other-input')).toBeUndefined();
    expect(findShortcut({ ...press, key: 'k', ctrlKey: true }, 'page')).toBeUndefined();
    expect(findShortcut({ ...press, key: 'Escape', defaultPrevented: true }, 'page')).toBeUndefined();
  });

  it('leaves the filter only with an Escape that the filter does not handle', () => {
    expect(findShortcut({ ...press, key: 'Escape', defaultPrevented: true }, 'filter')).toBe('list');
    expect(findShortcut({ ...press, key: 'j' }, 'filter')).toBeUndefined();
    expect(findShortcut({ ...press, key: '/' }, 'filter')).toBeUndefined();
  });
});
