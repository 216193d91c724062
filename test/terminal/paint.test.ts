import { describe, expect, it } from 'vitest';
import { wantsColor } from '../../terminal/paint.ts';

describe('wantsColor', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { TERM: 'dumb' }, false],
  ])('on a terminal: %s, with %j: %s', (isTerminal, environment, wanted) => {
    expect(wantsColor(isTerminal, environment)).toBe(wanted);
  });
});
