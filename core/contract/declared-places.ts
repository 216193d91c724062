// Finds the places in a detail that a declared path matches, and the values at them.
import { minDeclaredLength } from '../redaction/declared/declared-secrets.ts';
import { isMarker } from '../redaction/text/markers.ts';
import { isExactNumber } from '../values/exact-number.ts';
import type { JsonObject, JsonValue } from '../values/json.ts';
import { keysOf } from '../values/json-pointer.ts';

const declarable = /^\/(?:(?:before|after)(?:\/.*)?|reason|actor\/userAgent)$/s;

/** Common JSON and configuration words that are never treated as secrets elsewhere in the event. */
export const commonWords: ReadonlySet<string> = new Set(['true', 'false', 'null', 'none', 'undefined']);

/** A place in a detail: the object or list, and the key in it. */
export interface Place {
  readonly holder: JsonObject | JsonValue[];
  readonly key: string;
}

/** Whether a path points into a field that can contain a declared secret. */
export function isDeclarable(path: string): boolean {
  return declarable.test(path);
}

/** Whether a path matches all keys of a level. */
export function isPattern(path: string): boolean {
  return keysOf(path).includes('*');
}

/** Returns the places that a path matches. */
export function placesOf(detail: JsonObject, path: string): Place[] {
  let places: Place[] = [{ holder: { '': detail }, key: '' }];
  for (const key of keysOf(path)) {
    places = places.flatMap((place) => {
      const value = read(place);
      if (typeof value !== 'object' || value === null) return [];
      if (key === '*') return Object.keys(value).map((child) => ({ holder: value, key: child }));
      return Object.hasOwn(value, key) && key !== 'length' ? [{ holder: value, key }] : [];
    });
  }
  return places;
}

function read({ holder, key }: Place): JsonValue | undefined {
  return (holder as Record<string, JsonValue>)[key];
}

/** Returns the strings and numbers at the places. */
function leavesOf(places: readonly Place[]): string[] {
  const leaves: string[] = [];
  const collect = (value: JsonValue | undefined): void => {
    if (typeof value === 'string') leaves.push(value);
    else if (typeof value === 'number') leaves.push(String(value));
    else if (isExactNumber(value)) leaves.push(value.$number);
    else if (typeof value === 'object' && value !== null)
      for (const child of Object.values(value)) collect(child);
  };
  for (const place of places) collect(read(place));
  return leaves;
}

/** Returns the values at the places that are hidden wherever they occur. */
export function learnableOf(places: readonly Place[]): string[] {
  return leavesOf(places).filter(
    (text) => text.length >= minDeclaredLength && !isMarker(text) && !commonWords.has(text),
  );
}
