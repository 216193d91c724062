// The rows that a diff shows: its places in order, those inside of what is open, and one row for each run of places
// where nothing changed.
import { type DiffNode, hasChildren } from './diff-tree.ts';

export type DiffRow =
  | { readonly kind: 'node'; readonly node: DiffNode; readonly depth: number; readonly isOpen: boolean }
  /** Stands before places side by side where nothing changed, and for them while it is closed. */
  | {
      readonly kind: 'fold';
      readonly id: string;
      readonly count: number;
      readonly depth: number;
      readonly isOpen: boolean;
    };

export interface RowOptions {
  /** Whether a place that holds others shows them. */
  readonly isOpen: (node: DiffNode) => boolean;
  /** What to do with a run of unchanged places, by the id of its first: a row for all, a row and all, or all. */
  readonly foldAt: (id: string) => 'closed' | 'open' | 'none';
}

/** The rows, made one by one: whoever shows the first hundred pays for no more. */
export function* listRows(nodes: readonly DiffNode[], options: RowOptions, depth = 0): Generator<DiffRow> {
  for (let position = 0; position < nodes.length; ) {
    const node = nodes[position] as DiffNode;
    const isSame = node.state === 'same';
    const run = isSame ? sameRunLength(nodes, position) : 1;
    const fold = isSame ? options.foldAt(node.id) : 'none';
    if (fold !== 'none') {
      yield { kind: 'fold', id: `fold ${node.id}`, count: run, depth, isOpen: fold === 'open' };
    }
    for (let next = position; fold !== 'closed' && next < position + run; next++) {
      yield* rowsOf(nodes[next] as DiffNode, options, depth);
    }
    position += run;
  }
}

function* rowsOf(node: DiffNode, options: RowOptions, depth: number): Generator<DiffRow> {
  const isOpen = canOpen(node) && options.isOpen(node);
  yield { kind: 'node', node, depth, isOpen };
  if (isOpen) yield* listRows(node.children(), options, depth + 1);
}

/** Whether there is something inside to be shown. */
export function canOpen({ before, after }: DiffNode): boolean {
  return hasChildren(before) || hasChildren(after);
}

function sameRunLength(nodes: readonly DiffNode[], start: number): number {
  let end = start;
  while (nodes[end]?.state === 'same') end++;
  return end - start;
}

/** Values up to this number are shown at once when a part of a state came or went; a larger one is opened by hand. */
const maxOpenValues = 60;

/** Whether a place is open before anybody touched it: what holds changes is, and what came or went and is small. */
export function isOpenAtFirst(node: DiffNode): boolean {
  if (node.state === 'changed') return true;
  return countValues(node.after ?? node.before, maxOpenValues + 1) <= maxOpenValues;
}

/** Plain values inside, counted up to a limit. */
function countValues(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 0;
  for (const key in value) {
    count += countValues((value as Record<string, unknown>)[key], limit - count);
    if (count >= limit) break;
  }
  return count;
}
