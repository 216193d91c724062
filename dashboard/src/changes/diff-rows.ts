// Lists the rows of a diff: its nodes in order, the children of expanded nodes, and one row for each run of unchanged
// nodes.
import { type DiffNode, hasChildren } from './diff-tree.ts';

export type DiffRow =
  | { readonly kind: 'node'; readonly node: DiffNode; readonly depth: number; readonly isOpen: boolean }
  /** Precedes a run of unchanged sibling nodes, and replaces them while it is collapsed. */
  | {
      readonly kind: 'fold';
      readonly id: string;
      readonly count: number;
      readonly depth: number;
      readonly isOpen: boolean;
    };

export interface RowOptions {
  /** Whether a node with children shows them. */
  readonly isOpen: (node: DiffNode) => boolean;
  /** How to show the run of unchanged nodes that starts with this id: collapsed, expanded, or without a fold row. */
  readonly foldAt: (id: string) => 'closed' | 'open' | 'none';
}

/** Generates the rows lazily, so that showing the first hundred costs no more than a hundred. */
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

/** Whether the node has children to show. */
export function canOpen({ before, after }: DiffNode): boolean {
  return hasChildren(before) || hasChildren(after);
}

function sameRunLength(nodes: readonly DiffNode[], start: number): number {
  let end = start;
  while (nodes[end]?.state === 'same') end++;
  return end - start;
}

/** An added or removed part with more values than this starts collapsed. */
const maxOpenValues = 60;

/** Whether a node starts expanded: one that contains changes does, and so does a small added or removed one. */
export function isOpenAtFirst(node: DiffNode): boolean {
  if (node.state === 'changed') return true;
  return countValues(node.after ?? node.before, maxOpenValues + 1) <= maxOpenValues;
}

/** Counts the leaf values, up to a limit. */
function countValues(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 0;
  for (const key in value) {
    count += countValues((value as Record<string, unknown>)[key], limit - count);
    if (count >= limit) break;
  }
  return count;
}
