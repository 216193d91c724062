// Compares the states before and after an action for people. It identifies list elements by name, reports a changed
// order as one difference, and compares JSON inside strings. The list, the page, the command line and exports describe
// changes with it. changes.ts computes the JSON Patch.
import type { Highlight } from '../entry/entry-schemas.ts';
import { areSameNumber, isExactNumber } from '../values/exact-number.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.ts';
import { pointerTo } from '../values/json-pointer.ts';
import { parseJsonText } from './json-text.ts';
import { type ListMatch, matchElements, valueOfNamed } from './list-matching.ts';

/**
 * One difference. `path` is a JSON Pointer that contains the names of list elements, if they have names, instead of
 * their indexes: `/containers/app/image`. `reorder` means that only the order of a list's elements changed.
 */
export type StateChange = Highlight;

/** A difference and the field that changed. */
export interface FieldChange {
  /** The name of the changed field: the last key in the path that is neither an index nor the name of an element. */
  readonly field: string;
  readonly change: StateChange;
  /** Whether it is in the list of a service's deployments, which change by themselves during a rollout. */
  readonly isRollout: boolean;
}

/**
 * Returns the differences, with object keys in code-unit order, or none if either state is absent. The JavaScript
 * engine stores the paths as ropes that share their prefixes until a caller reads them, so a caller that reads many
 * long paths needs memory for each full path.
 */
export function compareStates(before: JsonValue | undefined, after: JsonValue | undefined): FieldChange[] {
  const changes: FieldChange[] = [];
  const root = { path: '', field: '', isRollout: false, jsonLevel: 0 };
  if (before !== undefined && after !== undefined) compare(before, after, root, changes);
  return changes;
}

interface Place {
  readonly path: string;
  readonly field: string;
  readonly isRollout: boolean;
  /** The number of JSON strings that contain the place. */
  readonly jsonLevel: number;
}

function memberAt(place: Place, key: string): Place {
  return { ...place, path: pointerTo(place.path, key), field: key };
}

function elementAt(place: Place, name: string | number): Place {
  const isRollout = place.isRollout || place.field === 'deployments';
  return { ...place, path: pointerTo(place.path, name), isRollout };
}

function compare(before: JsonValue, after: JsonValue, place: Place, changes: FieldChange[]): void {
  if (before === after || areSameNumber(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, place, changes);
  else if (isContainer(before) && isContainer(after)) compareObjects(before, after, place, changes);
  else if (!compareJsonText(before, after, place, changes))
    add(changes, place, { op: 'replace', before, after });
}

function add(changes: FieldChange[], place: Place, change: Omit<StateChange, 'path'>): void {
  const { path, field, isRollout } = place;
  changes.push({ field, isRollout, change: { path, ...change } });
}

function compareObjects(before: JsonObject, after: JsonObject, place: Place, changes: FieldChange[]): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const different = [...keys].filter((key) => ownValue(before, key) !== ownValue(after, key));
  for (const key of different.sort()) {
    const child = memberAt(place, key);
    const [old, now] = [ownValue(before, key), ownValue(after, key)];
    if (old === undefined) add(changes, child, { op: 'add', after: now ?? null });
    else if (now === undefined) add(changes, child, { op: 'remove', before: old });
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

/** Reports additions first, so that a shortened summary does not omit them in favor of removals. */
function compareLists(before: JsonValue[], after: JsonValue[], place: Place, changes: FieldChange[]): void {
  const match = matchElements(before, after, place.field);
  const { removed, added, kept, isReordered } = match;
  const countBefore = changes.length;
  for (const index of added) {
    const { name, value, isNamedValue } = readElement(after, index, match);
    add(changes, placeOf(place, name, isNamedValue), { op: 'add', after: value });
  }
  for (const index of removed) {
    const { name, value, isNamedValue } = readElement(before, index, match);
    add(changes, placeOf(place, name, isNamedValue), { op: 'remove', before: value });
  }
  for (const [oldIndex, newIndex] of kept) {
    const [old, now] = [readElement(before, oldIndex, match), readElement(after, newIndex, match)];
    const isNamedValue = old.isNamedValue && now.isNamedValue;
    const [from, to] = isNamedValue ? [old.value, now.value] : [before[oldIndex], after[newIndex]];
    compare(from as JsonValue, to as JsonValue, placeOf(place, now.name, isNamedValue), changes);
  }
  if (isReordered && changes.length === countBefore) add(changes, place, { op: 'reorder' });
}

function placeOf(list: Place, name: string | number, isNamedValue: boolean): Place {
  const place = elementAt(list, name);
  return isNamedValue ? { ...place, field: String(name) } : place;
}

export interface NamedElement {
  /** The name of the element, or its index if it has none. */
  readonly name: string | number;
  /** The element, or its value if it is a pair such as `{ name, value }`. */
  readonly value: JsonValue;
  readonly isNamedValue: boolean;
}

/** Returns a list element with the name that identifies it in changes. */
export function readElement(list: readonly JsonValue[], index: number, { nameOf }: ListMatch): NamedElement {
  const element = list[index] as JsonValue;
  const name = nameOf?.(element) ?? index;
  const value = typeof name === 'string' ? valueOfNamed(element, name) : undefined;
  return value === undefined
    ? { name, value: element, isNamedValue: false }
    : { name, value, isNamedValue: true };
}

/** How deeply JSON inside JSON strings is compared. Deeper levels are plain text. */
const maxJsonLevel = 2;

/** Compares the JSON in two strings. Returns false if they do not contain JSON, or if only the formatting differs. */
function compareJsonText(before: JsonValue, after: JsonValue, place: Place, changes: FieldChange[]): boolean {
  if (place.jsonLevel === maxJsonLevel) return false;
  const old = parseJsonText(before);
  const now = old && parseJsonText(after);
  if (old === undefined || now === undefined || Array.isArray(old) !== Array.isArray(now)) return false;
  const countBefore = changes.length;
  compare(old, now, { ...place, jsonLevel: place.jsonLevel + 1 }, changes);
  return changes.length > countBefore;
}
