// Summarizes a list with both removed and added elements as one change, because either alone would be misleading. An
// addition that opens access to everyone is never summarized.
import type { Highlight, ListItem } from '../entry/entry-schemas.ts';
import { includesEveryone } from './exposure.ts';

type ChangeOutline = Pick<ListItem, 'highlights' | 'changedPaths' | 'changeCount'>;

/** The summary of the changes in one list. */
export interface ElementSummary {
  /** Pointer to the list. */
  readonly path: string;
  /** Text to append to the list's name. */
  readonly words: string;
  /** The number of changes that the summary covers. */
  readonly count: number;
}

/**
 * Returns a summary for each list with both removals and additions, keyed by its first highlight; its other
 * highlights map to `covered`. When the entry stores fewer highlights or paths than changes, other elements of the
 * list can have changed too, so the summary gives no counts.
 */
export function summarizeElements({
  highlights,
  changedPaths,
  changeCount,
}: ChangeOutline): ReadonlyMap<Highlight, ElementSummary | 'covered'> {
  const summaries = new Map<Highlight, ElementSummary | 'covered'>();
  const isCut = changeCount > changedPaths.length;
  for (const [path, listed] of groupByList(highlights)) {
    const moved = listed.filter(
      ({ op, after }) => op === 'remove' || (op === 'add' && !includesEveryone(after)),
    );
    const removed = moved.filter(({ op }) => op === 'remove').length;
    const added = moved.length - removed;
    const unlisted = changedPaths.filter((one) => listOf(one) === path).length - listed.length;
    const isIncomplete = isCut || unlisted > 0;
    if (removed === 0 || (added === 0 && !isIncomplete)) continue;
    const words = isIncomplete ? ' changed' : `: ${countElements(removed, added)}`;
    const count = moved.length + Math.max(0, unlisted);
    moved.forEach((element, index) => {
      summaries.set(element, index === 0 ? { path, words, count } : 'covered');
    });
  }
  return summaries;
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

/** Returns the path of the list that contains the element, or `undefined` if the path does not end in an index. */
function listOf(path: string): string | undefined {
  return /^(.+)\/\d+$/.exec(path)?.[1];
}
