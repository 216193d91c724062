// Merges the two states of an entry into one tree, with what changed at each node. It uses the same comparison as the
// list, the command line and exports, so that they cannot disagree. Children are created on demand because a state can
// have 100,000 of them.
import { parseJsonText } from '../../../core/changes/json-text.ts';
import { matchElements } from '../../../core/changes/list-matching.ts';
import { readElement, type StateChange } from '../../../core/changes/state-comparison.ts';
import { isExactNumber } from '../../../core/values/exact-number.ts';
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
  /**
   * The key in its object, the name of an element of a list, or its index: in the list after, or in the list before for a
   * removed element.
   */
  readonly key: string | number;
  readonly state: DiffState;
  /** Absent for an added node, and for the new side of a replaced list or object. */
  readonly before?: JsonValue;
  /** Absent for a removed node, and for the old side of a replaced list or object. */
  readonly after?: JsonValue;
  /** Number of changes at this node and below. */
  readonly changeCount: number;
  /** Whether it is a list whose elements have another order, and no other change. */
  readonly isReordered?: boolean;
  /** Children in the order of the state after, with removed ones behind those that they followed. Empty for a leaf value. */
  readonly children: () => readonly DiffNode[];
}

export interface States {
  readonly before?: unknown;
  readonly after?: unknown;
  /** The result of the comparison of the states. */
  readonly changes: readonly StateChange[];
}

/** Returns the top-level nodes. If one state is absent, all of them are `added` or `removed`. */
export function diffStates({ before, after, changes }: States): readonly DiffNode[] {
  if (isJsonObject(before) && isJsonObject(after))
    return childrenOf(before, after, { pointer: '', field: '' }, indexChanges(changes));
  if (isJsonObject(after)) return uniformChildren(after, '', 'added');
  return isJsonObject(before) ? uniformChildren(before, '', 'removed') : [];
}

/** Returns the nodes of a single state, without changes. */
export function stateTree(state: unknown): readonly DiffNode[] {
  return isJsonObject(state) ? uniformChildren(state, '', 'same') : [];
}

/** Whether the value is a list or object that is not empty. */
export function hasChildren(value: JsonValue | undefined): value is JsonValue[] | Record<string, JsonValue> {
  return (
    typeof value === 'object' && value !== null && Object.keys(value).length > 0 && !isExactNumber(value)
  );
}

interface ChangeIndex {
  readonly paths: Readonly<Record<StateChange['op'], ReadonlySet<string>>>;
  /** Number of changes below each node, by its path in the comparison. */
  readonly below: ReadonlyMap<string, number>;
}

function indexChanges(changes: readonly StateChange[]): ChangeIndex {
  const pathsOf = (op: StateChange['op']) =>
    new Set(changes.filter((change) => change.op === op).map(({ path }) => path));
  const below = new Map<string, number>();
  for (const { path } of changes) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      below.set(parent, (below.get(parent) ?? 0) + 1);
    }
  }
  const paths = {
    add: pathsOf('add'),
    remove: pathsOf('remove'),
    replace: pathsOf('replace'),
    reorder: pathsOf('reorder'),
  };
  return { paths, below };
}

type Container = JsonValue[] | { [key: string]: JsonValue };

/** A path in the comparison, and the name of the field that contains it, which identifies elements of some lists. */
interface Place {
  readonly pointer: string;
  readonly field: string;
}

/** Merges the children of two containers that both states have. */
function childrenOf(before: Container, after: Container, place: Place, index: ChangeIndex): DiffNode[] {
  if (Array.isArray(before) && Array.isArray(after)) return elementsOf(before, after, place, index);
  if (!isJsonObject(before) || !isJsonObject(after)) return [];
  return keysInOrder(Object.keys(before), Object.keys(after)).flatMap((key) => {
    const at = pointerTo(place.pointer, key);
    if (!Object.hasOwn(after, key)) return uniformNode(before[key] as JsonValue, key, at, 'removed', 1);
    if (!Object.hasOwn(before, key)) return uniformNode(after[key] as JsonValue, key, at, 'added', 1);
    const child = { pointer: at, field: key };
    return keptNodes(before[key] as JsonValue, after[key] as JsonValue, key, child, index);
  });
}

/** The keys after. Each removed key follows the key that it followed before. */
function keysInOrder<Key>(before: readonly Key[], after: readonly Key[]): Key[] {
  const kept = new Set(after);
  const removedBehind = new Map<Key | undefined, Key[]>();
  let last: Key | undefined;
  for (const key of before) {
    if (kept.has(key)) last = key;
    else {
      const behind = removedBehind.get(last);
      if (behind === undefined) removedBehind.set(last, [key]);
      else behind.push(key);
    }
  }
  return [
    ...(removedBehind.get(undefined) ?? []),
    ...after.flatMap((key) => [key, ...(removedBehind.get(key) ?? [])]),
  ];
}

/** Removed elements are indexed in the list before, added ones in the list after. */
function elementsOf(before: JsonValue[], after: JsonValue[], place: Place, index: ChangeIndex): DiffNode[] {
  const match = matchElements(before, after, place.field);
  const oldOf = new Map(match.kept.map(([old, now]) => [now, old]));
  // Elements after are numbered from 0, removed ones below 0.
  const newOf = new Map(match.kept);
  const order = keysInOrder(
    [...before.keys()].map((old) => newOf.get(old) ?? -1 - old),
    [...after.keys()],
  );
  return order.flatMap((number) => {
    if (number < 0) {
      const { name, value } = readElement(before, -1 - number, match);
      return uniformNode(value, name, pointerTo(place.pointer, name), 'removed', 1);
    }
    const now = readElement(after, number, match);
    const at = pointerTo(place.pointer, now.name);
    const oldIndex = oldOf.get(number);
    if (oldIndex === undefined) return uniformNode(now.value, now.name, at, 'added', 1);
    const old = readElement(before, oldIndex, match);
    const isNamedValue = old.isNamedValue && now.isNamedValue;
    const [from, to] = isNamedValue ? [old.value, now.value] : [before[oldIndex], after[number]];
    const child = { pointer: at, field: isNamedValue ? String(now.name) : place.field };
    return keptNodes(from as JsonValue, to as JsonValue, now.name, child, index);
  });
}

/** Nodes for a value that both states have: one, or two if a list or object was replaced. */
function keptNodes(
  before: JsonValue,
  after: JsonValue,
  key: string | number,
  place: Place,
  index: ChangeIndex,
): DiffNode[] {
  const { pointer } = place;
  if (index.paths.replace.has(pointer)) return replacedNodes(before, after, key, pointer);
  const isReordered = index.paths.reorder.has(pointer);
  const changeCount = (index.below.get(pointer) ?? 0) + (isReordered ? 1 : 0);
  if (changeCount === 0) return [uniformNode(after, key, pointer, 'same', 0)];
  // Changes below a string are inside its JSON.
  const [old, now] = [parseJsonText(before) ?? before, parseJsonText(after) ?? after];
  const children = () => childrenOf(old as Container, now as Container, place, index);
  const node = { id: `~${pointer}`, key, state: 'changed', before: old, after: now, changeCount } as const;
  return [{ ...node, ...(isReordered && { isReordered }), children }];
}

function replacedNodes(
  before: JsonValue,
  after: JsonValue,
  key: string | number,
  pointer: string,
): DiffNode[] {
  const place = { id: `~${pointer}`, key, state: 'replaced', changeCount: 1 } as const;
  if (!hasChildren(before) && !hasChildren(after)) return [{ ...place, before, after, children: () => [] }];
  // Distinct from the id of an element that was removed at the same index of the list before.
  const [oldId, newId] = [`<${pointer}`, `>${pointer}`];
  return [
    { ...place, id: oldId, before, children: () => uniformChildren(before, oldId, 'removed') },
    { ...place, id: newId, after, changeCount: 0, children: () => uniformChildren(after, newId, 'added') },
  ];
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
  if (!isJsonObject(value) || isExactNumber(value)) return [];
  return Object.entries(value).map(([key, member]) =>
    uniformNode(member, key, pointerTo(pointer, key), state, 0),
  );
}
