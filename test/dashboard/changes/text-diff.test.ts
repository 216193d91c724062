import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collapseLines, diffLines, splitSharedEnds } from '../../../dashboard/src/changes/text-diff.ts';

const similarTexts = fc
  .array(fc.constantFrom('a', 'bc', ' ', '.', '[REDACTED:1]', '[REDACTED:2]', '語', '👩‍💻'))
  .map((parts) => parts.join(''));

describe('splitSharedEnds', () => {
  it('preserves both texts', () => {
    fc.assert(
      fc.property(similarTexts, similarTexts, (old, now) => {
        const { start, before, after, end } = splitSharedEnds(old, now);
        expect([start + before + end, start + after + end]).toEqual([old, now]);
      }),
    );
  });

  it('splits at word boundaries and never inside a marker', () => {
    expect(splitSharedEnds('task-definition/checkout:1', 'task-definition/checkout:21')).toEqual({
      start: 'task-definition/checkout:',
      before: '1',
      after: '21',
      end: '',
    });
    expect(splitSharedEnds('postgres://app:[REDACTED:1]@db', 'postgres://app:[REDACTED:2]@db')).toEqual({
      start: 'postgres://app:',
      before: '[REDACTED:1]',
      after: '[REDACTED:2]',
      end: '@db',
    });
  });

  it('shares nothing between texts that have little in common', () => {
    expect(splitSharedEnds('db.t4g.micro', 'cache.r7g.large')).toMatchObject({ start: '', end: '' });
  });
});

describe('diffLines', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((lines) => lines.join('\n'));

  it('keeps the lines of both texts in order', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const lines = diffLines(before, after);
        const side = (other: string) =>
          lines.flatMap(({ state, text }) => (state === other ? [] : [text])).join('\n');
        expect([side('added'), side('removed')]).toEqual([before, after]);
      }),
    );
  });

  it('shows a changed line as removed and added', () => {
    expect(diffLines('a: 1\nb: 2', 'a: 1\nb: 3')).toEqual([
      { state: 'same', text: 'a: 1' },
      { state: 'removed', text: 'b: 2' },
      { state: 'added', text: 'b: 3' },
    ]);
  });
});

describe('collapseLines', () => {
  it('keeps two lines around a change and counts the others', () => {
    const before = Array.from({ length: 20 }, (_, line) => `line ${line}`);
    const after = before.with(10, 'other');
    const shown = collapseLines(diffLines(before.join('\n'), after.join('\n')));
    expect(shown.map((line) => ('folded' in line ? line.folded.length : line.text))).toEqual([
      8,
      'line 8',
      'line 9',
      'line 10',
      'other',
      'line 11',
      'line 12',
      7,
    ]);
  });
});
