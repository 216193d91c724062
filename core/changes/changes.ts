// Computes the differences between the states before and after an action. Applied in order as a JSON Patch (RFC 6902),
// the changes turn `before` into `after`.
import type { Change } from '../entry/entry-schemas.ts';
import { areSameNumber, isExactNumber } from '../values/exact-number.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.ts';
import { pointerTo } from '../values/json-pointer.ts';
import { alignArrays } from './array-alignment.ts';

export type { Change } from '../entry/entry-schemas.ts';

/**
 * Returns the differences, with object keys in code-unit order. Returns none when either state is absent. The JavaScript
 * engine stores the paths as ropes that share their prefixes until a caller reads them, so a caller that reads many long
 * paths needs memory for each full path.
 */
export function listChanges(before: JsonValue | undefined, after: JsonValue | undefined): Change[] {
  const changes: Change[] = [];
  if (before !== undefined && after !== undefined) compare(before, after, '', changes);
  return changes;
}

function compare(before: JsonValue, after: JsonValue, path: string, changes: Change[]): void {
  if (before === after || areSameNumber(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) compareArrays(before, after, path, changes);
  else if (isContainer(before) && isContainer(after)) compareObjects(before, after, path, changes);
  else changes.push({ path, op: 'replace', before, after });
}

function compareObjects(before: JsonObject, after: JsonObject, path: string, changes: Change[]): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of [...keys].sort()) {
    const child = pointerTo(path, key);
    const [old, now] = [ownValue(before, key), ownValue(after, key)];
    if (old === undefined) changes.push({ path: child, op: 'add', after: now ?? null });
    else if (now === undefined) changes.push({ path: child, op: 'remove', before: old });
    else compare(old, now, child, changes);
  }
}

/** Whether the value is an object that is compared member by member. An exact number is not. */
function isContainer(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && !isExactNumber(value);
}

function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Adds removals from the end, then additions from the start, then changes inside the kept elements. */
function compareArrays(before: JsonValue[], after: JsonValue[], path: string, changes: Change[]): void {
  const { removed, added, kept } = alignArrays(before, after);
  for (const index of removed.toReversed()) {
    changes.push({ path: pointerTo(path, index), op: 'remove', before: before[index] as JsonValue });
  }
  for (const index of added) {
    changes.push({ path: pointerTo(path, index), op: 'add', after: after[index] as JsonValue });
  }
  for (const [oldIndex, newIndex] of kept) {
    compare(before[oldIndex] as JsonValue, after[newIndex] as JsonValue, pointerTo(path, newIndex), changes);
  }
}
