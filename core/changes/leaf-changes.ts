// Lists what changed value by value, for searches in changes. compareStates reports an added object as one change; here
// each value in it is one.
import { isExactNumber } from '../values/exact-number.ts';
import { isJsonObject, type JsonValue } from '../values/json.ts';
import { keysOf } from '../values/json-pointer.ts';
import { matchElements } from './list-matching.ts';
import { readElement, type StateChange } from './state-comparison.ts';

/** A value that was added, removed or replaced. */
export interface LeafChange {
  /** The keys that lead to the value. An element of a list is referred to by its name, or by its index without one. */
  readonly keys: readonly string[];
  /** Absent if the value was added. Never an object or a list with elements. */
  readonly before?: JsonValue | undefined;
  /** Absent if the value was removed. */
  readonly after?: JsonValue | undefined;
}

/** Yields the values that a change adds, removes or replaces. A changed order yields the list, without values. */
export function* listLeaves({ path, op, before, after }: StateChange): Generator<LeafChange> {
  const keys = keysOf(path);
  if (op === 'reorder' || (isLeaf(before) && isLeaf(after))) {
    yield { keys, before: before as JsonValue | undefined, after: after as JsonValue | undefined };
    return;
  }
  if (before !== undefined) {
    for (const leaf of walk(before as JsonValue, keys)) yield { keys: leaf.keys, before: leaf.value };
  }
  if (after !== undefined) {
    for (const leaf of walk(after as JsonValue, keys)) yield { keys: leaf.keys, after: leaf.value };
  }
}

/** Whether the value contains no other values: a scalar, an empty object, an empty list, or none. */
function isLeaf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.keys(value).length === 0 || isExactNumber(value);
}

interface Leaf {
  readonly keys: readonly string[];
  readonly value: JsonValue;
}

function* walk(value: JsonValue, keys: readonly string[]): Generator<Leaf> {
  if (isLeaf(value)) {
    yield { keys, value };
  } else if (Array.isArray(value)) {
    const match = matchElements([], value, keys.at(-1) ?? '');
    for (const index of value.keys()) {
      const element = readElement(value, index, match);
      yield* walk(element.value, [...keys, String(element.name)]);
    }
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value).sort()) yield* walk(value[key] as JsonValue, [...keys, key]);
  }
}
