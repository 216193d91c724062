// Merges the two states of an entry into one tree, with what changed at each node. It uses the API's list of changes, so
// that the page and the API cannot disagree. Children are created on demand because a state can have 100,000 of them.
import type { Change } from '../../../client/client.ts';
import { isJsonObject, type JsonValue } from '../../../core/values/json.ts';
import { pointerTo } from '../../../core/values/json-pointer.ts';

/**
 * What happened at a node. `changed`: a list or object that contains changes. `replaced`: a value that was replaced by
 * another. `same`: no change here or below.
 */
export type DiffState = 'same' | 'changed' | 'added' | 'removed' | 'replaced';

export interface DiffNode {
  /** Unique in the tree. */
  readonly id: string;
  /** The key in its object, or the index in its list: the list after, or the list before for a removed element. */
  readonly key: string | number;
  readonly state: DiffState;
  /** Absent for an added node, and for the new side of a replaced list or object. */
  readonly before?: JsonValue;
  /** Absent for a removed node, and for the old side of a replaced list or object. */
  readonly after?: JsonValue;
  /** Number of changes at this node and below. */
  readonly changeCount: number;
  /** Children in the order of the state after, with removed ones at their old position. Empty for a leaf value. */
  readonly children: () => readonly DiffNode[];
}

export interface States {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly changes: readonly Change[];
}

/** Returns the top-level nodes. If one state is absent, all of them are `added` or `removed`. */
export function diffStates({ before, after, changes }: States): readonly DiffNode[] {
  if (isJsonObject(before) && isJsonObject(after))
    return childrenOf(before, after, '', indexChanges(changes));
  if (isJsonObject(after)) return uniformChildren(after, '', 'added');
  return isJsonObject(before) ? uniformChildren(before, '', 'removed') : [];
}

/** Returns the nodes of a single state, without changes. */
export function stateTree(state: unknown): readonly DiffNode[] {
  return isJsonObject(state) ? uniformChildren(state, '', 'same') : [];
}

/** Whether the value is a list or object that is not empty. */
export function hasChildren(value: JsonValue | undefined): value is JsonValue[] | Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

interface ChangeIndex {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  readonly replaced: ReadonlySet<string>;
  /** Number of changes below each node, by its JSON Pointer in the state after. */
  readonly below: ReadonlyMap<string, number>;
}

function indexChanges(changes: readonly Change[]): ChangeIndex {
  const paths = (op: Change['op']) =>
    new Set(changes.filter((change) => change.op === op).map(({ path }) => path));
  const below = new Map<string, number>();
  for (const { path } of changes) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      below.set(parent, (below.get(parent) ?? 0) + 1);
    }
  }
  return { added: paths('add'), removed: paths('remove'), replaced: paths('replace'), below };
}

type Container = JsonValue[] | { [key: string]: JsonValue };

/** Merges the children of two containers that both states have. */
function childrenOf(before: Container, after: Container, pointer: string, index: ChangeIndex): DiffNode[] {
  if (Array.isArray(before) && Array.isArray(after)) return elementsOf(before, after, pointer, index);
  if (!isJsonObject(before) || !isJsonObject(after)) return [];
  return membersInOrder(before, after).flatMap((key) => {
    const at = pointerTo(pointer, key);
    if (!Object.hasOwn(after, key)) return uniformNode(before[key] as JsonValue, key, at, 'removed', 1);
    if (!Object.hasOwn(before, key)) return uniformNode(after[key] as JsonValue, key, at, 'added', 1);
    return keptNodes(before[key] as JsonValue, after[key] as JsonValue, key, at, index);
  });
}

/** The keys of the object after. Each removed key follows the key that it followed before. */
function membersInOrder(before: object, after: object): string[] {
  const removedBehind = new Map<string | undefined, string[]>();
  let last: string | undefined;
  for (const key of Object.keys(before)) {
    if (Object.hasOwn(after, key)) last = key;
    else removedBehind.set(last, [...(removedBehind.get(last) ?? []), key]);
  }
  return [
    ...(removedBehind.get(undefined) ?? []),
    ...Object.keys(after).flatMap((key) => [key, ...(removedBehind.get(key) ?? [])]),
  ];
}

/** Removed elements are indexed in the list before, added ones in the list after. The others keep their order. */
function elementsOf(
  before: JsonValue[],
  after: JsonValue[],
  pointer: string,
  index: ChangeIndex,
): DiffNode[] {
  const nodes: DiffNode[] = [];
  for (let [old, now] = [0, 0]; old < before.length || now < after.length; ) {
    const [oldAt, nowAt] = [pointerTo(pointer, old), pointerTo(pointer, now)];
    if (old < before.length && (index.removed.has(oldAt) || now === after.length)) {
      nodes.push(uniformNode(before[old] as JsonValue, old, oldAt, 'removed', 1));
      old++;
    } else if (index.added.has(nowAt) || old === before.length) {
      nodes.push(uniformNode(after[now] as JsonValue, now, nowAt, 'added', 1));
      now++;
    } else {
      nodes.push(...keptNodes(before[old] as JsonValue, after[now] as JsonValue, now, nowAt, index));
      old++;
      now++;
    }
  }
  return nodes;
}

/** Nodes for a value that both states have: one, or two if a list or object was replaced. */
function keptNodes(
  before: JsonValue,
  after: JsonValue,
  key: string | number,
  pointer: string,
  index: ChangeIndex,
): DiffNode[] {
  if (index.replaced.has(pointer)) {
    const place = { id: `~${pointer}`, key, state: 'replaced', changeCount: 1 } as const;
    if (!hasChildren(before) && !hasChildren(after)) return [{ ...place, before, after, children: () => [] }];
    // Distinct from the id of an element that was removed at the same index of the list before.
    const [oldId, newId] = [`<${pointer}`, `>${pointer}`];
    return [
      { ...place, id: oldId, before, children: () => uniformChildren(before, oldId, 'removed') },
      { ...place, id: newId, after, changeCount: 0, children: () => uniformChildren(after, newId, 'added') },
    ];
  }
  const changeCount = index.below.get(pointer) ?? 0;
  if (changeCount === 0) return [uniformNode(after, key, pointer, 'same', 0)];
  const children = () => childrenOf(before as Container, after as Container, pointer, index);
  return [{ id: `~${pointer}`, key, state: 'changed', before, after, changeCount, children }];
}

type FullState = 'same' | 'added' | 'removed';

const idPrefixes: Readonly<Record<FullState, string>> = { same: '=', added: '+', removed: '-' };

/** A node whose entire subtree is unchanged, added or removed. */
function uniformNode(
  value: JsonValue,
  key: string | number,
  pointer: string,
  state: FullState,
  changeCount: number,
): DiffNode {
  const id = idPrefixes[state] + pointer;
  // A removed element has its index in the list before, so its children need ids distinct from those at that index now.
  const children = () => uniformChildren(value, state === 'removed' ? id : pointer, state);
  if (state === 'added') return { id, key, state, after: value, changeCount, children };
  if (state === 'removed') return { id, key, state, before: value, changeCount, children };
  return { id, key, state, before: value, after: value, changeCount, children };
}

function uniformChildren(value: JsonValue, pointer: string, state: FullState): DiffNode[] {
  if (Array.isArray(value))
    return value.map((element, number) => uniformNode(element, number, pointerTo(pointer, number), state, 0));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([key, member]) =>
    uniformNode(member, key, pointerTo(pointer, key), state, 0),
  );
}
