import { describe, expect, it } from 'vitest';
import { anchorsOf, codeSpansOf, linksOf } from './markdown.ts';

describe('linksOf', () => {
  it('finds links and pictures, and none in code', () => {
    const text = [
      '[a](b.md#c) ![d](e.png) `[f](g.md)`',
      '<img src="h.svg"> <source srcset="i.svg">',
      '```md',
      '[j](k.md)',
      '```',
    ].join('\n');
    expect(linksOf(text)).toEqual(['b.md#c', 'e.png', 'h.svg', 'i.svg']);
  });
});

describe('anchorsOf', () => {
  it('makes the anchors that GitHub makes', () => {
    const text = '# A b\n## Alarm: dead-letters\n## The `x` (y)\n## A b\n```sh\n# no heading\n```\n';
    expect(anchorsOf(text)).toEqual(['a-b', 'alarm-dead-letters', 'the-x-y', 'a-b-1']);
  });
});

describe('codeSpansOf', () => {
  it('gives every code span', () => {
    expect(codeSpansOf('`a`, or `b` c')).toEqual(['a', 'b']);
  });
});
