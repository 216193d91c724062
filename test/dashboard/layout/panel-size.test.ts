import { describe, expect, it } from 'vitest';
import { boundsOf, clampSize, nextPreset, sizeAfterKey } from '../../../dashboard/src/layout/panel-size.ts';

const bounds = boundsOf('side', 1440);

describe('boundsOf', () => {
  it('leaves room for the list', () => {
    expect(bounds).toEqual({ min: 320, max: 1160 });
    expect(boundsOf('bottom', 900)).toEqual({ min: 160, max: 660 });
  });

  it('keeps the least size of the panel in a small window', () => {
    expect(boundsOf('side', 400)).toEqual({ min: 320, max: 320 });
  });
});

describe('clampSize', () => {
  it('returns a size within the bounds, in entire pixels', () => {
    expect([10, 500.4, 9000].map((size) => clampSize(size, bounds))).toEqual([320, 500, 1160]);
  });
});

describe('sizeAfterKey', () => {
  it.each([
    ['ArrowLeft', 510],
    ['ArrowUp', 510],
    ['ArrowRight', 490],
    ['ArrowDown', 490],
    ['PageUp', 560],
    ['PageDown', 440],
    ['Home', 320],
    ['End', 1160],
    ['Tab', undefined],
    ['toString', undefined],
  ])('moves the handle with %s', (key, size) => {
    expect(sizeAfterKey(key, 500, bounds)).toBe(size);
  });

  it('stops at the bounds', () => {
    expect(sizeAfterKey('ArrowRight', 325, bounds)).toBe(320);
    expect(sizeAfterKey('PageUp', 1150, bounds)).toBe(1160);
  });
});

describe('nextPreset', () => {
  it('returns a third, half, and two thirds of the window in turn', () => {
    expect([300, 480, 720, 960].map((size) => nextPreset(size, 1440, bounds))).toEqual([480, 720, 960, 480]);
  });

  it('keeps the only possible size', () => {
    expect(nextPreset(320, 400, boundsOf('side', 400))).toBe(320);
  });
});
