// Compares two texts, by words or by lines.
import { alignArrays } from '../../../core/changes/array-alignment.ts';
import { markerPattern } from '../../../core/redaction/text/markers.ts';

/** Two texts with their common prefix and suffix. */
export interface SharedEnds {
  readonly start: string;
  readonly before: string;
  readonly after: string;
  readonly end: string;
}

const token = new RegExp(`${markerPattern.source}|[\\p{L}\\p{N}]+|.`, 'gsu');

/**
 * Splits off the common prefix and suffix at word and marker boundaries. Both are empty if they cover less than half of
 * the longer text.
 */
export function splitSharedEnds(before: string, after: string): SharedEnds {
  const [old, now] = [before.match(token) ?? [], after.match(token) ?? []];
  const shortest = Math.min(old.length, now.length);
  let start = 0;
  while (start < shortest && old[start] === now[start]) start++;
  let end = 0;
  while (end < shortest - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const [shared, tail] = [old.slice(0, start).join(''), old.slice(old.length - end).join('')];
  if ((shared.length + tail.length) * 2 < Math.max(before.length, after.length)) {
    return { start: '', before, after, end: '' };
  }
  const middle = (tokens: readonly string[]) => tokens.slice(start, tokens.length - end).join('');
  return { start: shared, before: middle(old), after: middle(now), end: tail };
}

export interface DiffLine {
  readonly state: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Merges the lines of both texts in order. A changed line is one removed and one added line. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const { removed, added, kept } = alignArrays(old, now);
  const stays = new Map(kept.filter(([from, to]) => old[from] === now[to]));
  const isRemoved = new Set([...removed, ...kept.flatMap(([from]) => (stays.has(from) ? [] : [from]))]);
  const isAdded = new Set([...added, ...kept.flatMap(([from, to]) => (stays.has(from) ? [] : [to]))]);
  const lines: DiffLine[] = [];
  for (let [from, to] = [0, 0]; from < old.length || to < now.length; ) {
    if (isRemoved.has(from)) lines.push({ state: 'removed', text: old[from++] ?? '' });
    else if (isAdded.has(to)) lines.push({ state: 'added', text: now[to++] ?? '' });
    else {
      lines.push({ state: 'same', text: now[to] ?? '' });
      from++;
      to++;
    }
  }
  return lines;
}

/** Unchanged lines shown around each change. */
const contextLines = 2;

/** Unchanged lines that are collapsed. */
export interface FoldedLines {
  readonly folded: readonly DiffLine[];
}

/** Returns the lines near a change, and the lines collapsed between them. */
export function collapseLines(lines: readonly DiffLine[]): (DiffLine | FoldedLines)[] {
  const near = new Set<number>();
  lines.forEach(({ state }, at) => {
    if (state === 'same') return;
    for (let around = at - contextLines; around <= at + contextLines; around++) near.add(around);
  });
  const shown: (DiffLine | FoldedLines)[] = [];
  let folded: DiffLine[] = [];
  lines.forEach((line, at) => {
    if (!near.has(at)) {
      folded.push(line);
      return;
    }
    if (folded.length > 0) shown.push({ folded });
    folded = [];
    shown.push(line);
  });
  if (folded.length > 0) shown.push({ folded });
  return shown;
}
