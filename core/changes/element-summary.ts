// Elements of a list that left while others came: told together, since either alone would read as all of it.
import type { Highlight, ListItem } from '../entry/entry-schemas.ts';

type ChangeOutline = Pick<ListItem, 'highlights' | 'changedPaths' | 'changeCount'>;

export interface ElementSummary {
  /** Pointer to the list. */
  readonly path: string;
  /** What stands behind the list's name. */
  readonly words: string;
  /** Changes that it tells of. */
  readonly count: number;
}

/**
 * For each highlight of a list with both removals and additions what is told of the list, at the first of them.
 * `changedPaths` may name elements whose highlight was not kept, and where it holds fewer than `changeCount` others may
 * have changed that nothing names: then only that the list changed is sure.
 */
export function summarizeElements({
  highlights,
  changedPaths,
  changeCount,
}: ChangeOutline): ReadonlyMap<Highlight, ElementSummary | 'told before'> {
  const told = new Map<Highlight, ElementSummary | 'told before'>();
  const isCut = changeCount > changedPaths.length;
  for (const [path, known] of groupByList(highlights)) {
    const moved = known.filter(({ op }) => op !== 'replace');
    const removed = moved.filter(({ op }) => op === 'remove').length;
    const added = moved.length - removed;
    const unknown = changedPaths.filter((one) => listOf(one) === path).length - known.length;
    const mayBeMore = isCut || unknown > 0;
    if (removed === 0 || (added === 0 && !mayBeMore)) continue;
    const words = mayBeMore ? ' changed' : `: ${countElements(removed, added)}`;
    const count = moved.length + Math.max(0, unknown);
    moved.forEach((element, index) => {
      told.set(element, index === 0 ? { path, words, count } : 'told before');
    });
  }
  return told;
}

function groupByList(highlights: readonly Highlight[]): ReadonlyMap<string, readonly Highlight[]> {
  const groups = new Map<string, Highlight[]>();
  for (const highlight of highlights) {
    const path = listOf(highlight.path);
    if (path === undefined) continue;
    const group = groups.get(path);
    if (group === undefined) groups.set(path, [highlight]);
    else group.push(highlight);
  }
  return groups;
}

function countElements(removed: number, added: number): string {
  return removed === added ? `${removed} replaced` : `${removed} removed, ${added} added`;
}

/** The list that a path is an element of, as far as a pointer tells; `undefined` when it is none. */
function listOf(path: string): string | undefined {
  return /^(.+)\/\d+$/.exec(path)?.[1];
}
