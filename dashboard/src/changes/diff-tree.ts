// The two states of an entry laid over one another: each place once, with what happened there. Made from the states
// and the API's own list of changes, so that the page and the API never tell two stories. Children are made when asked
// for: a state may have a hundred thousand of them.
import type { Change } from '../../../client/client.ts';
import { isJsonObject, type JsonValue } from '../../../core/values/json.ts';
import { pointerTo } from '../../../core/values/json-pointer.ts';

/**
 * What happened at a place: `changed` is a list or object with changes inside, `replaced` a value that became another,
 * `same` holds nothing that changed.
 */
export type DiffState = 'same' | 'changed' | 'added' | 'removed' | 'replaced';

export interface DiffNode {
  /** Told from every other node of the tree. */
  readonly id: string;
  /** The key in its object, or the number in its list: in the list after, or before when it was removed. */
  readonly key: string | number;
  readonly state: DiffState;
  /** Absent when it was added, or is the new side of something replaced that is no plain value. */
  readonly before?: JsonValue;
  /** Absent when it was removed, or is the old side of something replaced that is no plain value. */
  readonly after?: JsonValue;
  /** Changes at this place and inside. */
  readonly changeCount: number;
  /** What is inside, in the order of the state after, with what was removed where it stood; none for a plain value. */
  readonly children: () => readonly DiffNode[];
}

export interface States {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly changes: readonly Change[];
}

/** The places at the top of the states. One absent state makes all of them `added` or `removed`. */
export function diffStates({ before, after, changes }: States): readonly DiffNode[] {
  if (isJsonObject(before) && isJsonObject(after))
    return childrenOf(before, after, '', indexChanges(changes));
  if (isJsonObject(after)) return wholeChildren(after, '', 'added');
  return isJsonObject(before) ? wholeChildren(before, '', 'removed') : [];
}

/** One state by itself, nothing of it changed. */
export function stateTree(state: unknown): readonly DiffNode[] {
  return isJsonObject(state) ? wholeChildren(state, '', 'same') : [];
}

/** Whether the value holds others; an empty list or object does not. */
export function hasChildren(value: JsonValue | undefined): value is JsonValue[] | Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

interface ChangeIndex {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  readonly replaced: ReadonlySet<string>;
  /** Changes below each place, by its pointer in the state after. */
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

/** What is inside two containers that stayed, laid over one another. */
function childrenOf(before: Container, after: Container, pointer: string, index: ChangeIndex): DiffNode[] {
  if (Array.isArray(before) && Array.isArray(after)) return elementsOf(before, after, pointer, index);
  if (!isJsonObject(before) || !isJsonObject(after)) return [];
  return membersInOrder(before, after).flatMap((key) => {
    const at = pointerTo(pointer, key);
    if (!Object.hasOwn(after, key)) return wholeNode(before[key] as JsonValue, key, at, 'removed', 1);
    if (!Object.hasOwn(before, key)) return wholeNode(after[key] as JsonValue, key, at, 'added', 1);
    return keptNodes(before[key] as JsonValue, after[key] as JsonValue, key, at, index);
  });
}

/** The keys of the object after; those that were removed stand behind what they stood behind. */
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

/** Removals count in the list before, additions in the list after; the rest stayed, in order. */
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
      nodes.push(wholeNode(before[old] as JsonValue, old, oldAt, 'removed', 1));
      old++;
    } else if (index.added.has(nowAt) || old === before.length) {
      nodes.push(wholeNode(after[now] as JsonValue, now, nowAt, 'added', 1));
      now++;
    } else {
      nodes.push(...keptNodes(before[old] as JsonValue, after[now] as JsonValue, now, nowAt, index));
      old++;
      now++;
    }
  }
  return nodes;
}

/** A place that both states have: one node, or two where a list or object became something else. */
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
    // What is inside is told from an element that was removed at the same number of the list before.
    const [oldId, newId] = [`<${pointer}`, `>${pointer}`];
    return [
      { ...place, id: oldId, before, children: () => wholeChildren(before, oldId, 'removed') },
      { ...place, id: newId, after, changeCount: 0, children: () => wholeChildren(after, newId, 'added') },
    ];
  }
  const changeCount = index.below.get(pointer) ?? 0;
  if (changeCount === 0) return [wholeNode(after, key, pointer, 'same', 0)];
  const children = () => childrenOf(before as Container, after as Container, pointer, index);
  return [{ id: `~${pointer}`, key, state: 'changed', before, after, changeCount, children }];
}

type FullState = 'same' | 'added' | 'removed';

const idPrefixes: Readonly<Record<FullState, string>> = { same: '=', added: '+', removed: '-' };

/** A place that came, went or stayed with everything inside it. */
function wholeNode(
  value: JsonValue,
  key: string | number,
  pointer: string,
  state: FullState,
  changeCount: number,
): DiffNode {
  const id = idPrefixes[state] + pointer;
  // A removed element's number is that of the list before: what is inside is told from what is at that number now.
  const children = () => wholeChildren(value, state === 'removed' ? id : pointer, state);
  if (state === 'added') return { id, key, state, after: value, changeCount, children };
  if (state === 'removed') return { id, key, state, before: value, changeCount, children };
  return { id, key, state, before: value, after: value, changeCount, children };
}

function wholeChildren(value: JsonValue, pointer: string, state: FullState): DiffNode[] {
  if (Array.isArray(value))
    return value.map((element, number) => wholeNode(element, number, pointerTo(pointer, number), state, 0));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([key, member]) =>
    wholeNode(member, key, pointerTo(pointer, key), state, 0),
  );
}
