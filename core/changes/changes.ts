// Computes the differences between the states before and after an action. Applied in order as a JSON Patch (RFC 6902),
// the changes turn `before` into `after`.
import type { Change } from '../entry/entry-schemas.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.ts';
import { pointerTo } from '../values/json-pointer.ts';
import { alignArrays } from './array-alignment.ts';

export type { Change } from '../entry/entry-schemas.ts';

/** A change and the name of the changed field, which is the last key in its path that is not a list index. */
export interface FieldChange {
  readonly field: string;
  readonly change: Change;
}

/** Returns the differences, with object keys in code-unit order. Returns none when either state is absent. */
export function listChanges(before: JsonValue | undefined, after: JsonValue | undefined): Change[] {
  return listFieldChanges(before, after).map(({ change }) => change);
}

/**
 * Like `listChanges`, with the field of each change. The JavaScript engine stores the paths as ropes that share their
 * prefixes until a caller reads them, so a caller that reads many long paths needs memory for each full path.
 */
export function listFieldChanges(before: JsonValue | undefined, after: JsonValue | undefined): FieldChange[] {
  const changes: FieldChange[] = [];
  if (before !== undefined && after !== undefined) compare(before, after, { path: '', field: '' }, changes);
  return changes;
}

interface Place {
  readonly path: string;
  readonly field: string;
}

function placeIn({ path, field }: Place, key: string | number): Place {
  return { path: pointerTo(path, key), field: /^\d+$/.test(String(key)) ? field : String(key) };
}

function compare(before: JsonValue, after: JsonValue, place: Place, changes: FieldChange[]): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) compareArrays(before, after, place, changes);
  else if (isJsonObject(before) && isJsonObject(after)) compareObjects(before, after, place, changes);
  else add(changes, place, { op: 'replace', before, after });
}

function add(changes: FieldChange[], { path, field }: Place, change: Omit<Change, 'path'>): void {
  changes.push({ field, change: { path, ...change } });
}

function compareObjects(before: JsonObject, after: JsonObject, place: Place, changes: FieldChange[]): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of [...keys].sort()) {
    const child = placeIn(place, key);
    const [old, now] = [ownValue(before, key), ownValue(after, key)];
    if (old === undefined) add(changes, child, { op: 'add', after: now ?? null });
    else if (now === undefined) add(changes, child, { op: 'remove', before: old });
    else compare(old, now, child, changes);
  }
}

function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Adds removals from the end, then additions from the start, then changes inside the kept elements. */
function compareArrays(before: JsonValue[], after: JsonValue[], place: Place, changes: FieldChange[]): void {
  const { removed, added, kept } = alignArrays(before, after);
  for (const index of removed.toReversed()) {
    add(changes, placeIn(place, index), { op: 'remove', before: before[index] as JsonValue });
  }
  for (const index of added) {
    add(changes, placeIn(place, index), { op: 'add', after: after[index] as JsonValue });
  }
  for (const [oldIndex, newIndex] of kept) {
    compare(before[oldIndex] as JsonValue, after[newIndex] as JsonValue, placeIn(place, newIndex), changes);
  }
}
