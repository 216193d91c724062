// Compares two values that were redacted under different rules: whether they can come from the same value. One set of
// rules can hide what the other shows, and a marker says nothing about the text behind it.
import { isExactNumber } from '../../values/exact-number.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.ts';
import { parseEmbedded } from '../encodings/embedded-json.ts';
import { isMarker, redactedKey, splitAtMarkers } from '../text/markers.ts';

/** Whether two values are equal apart from what is behind the markers of either, whatever their numbers. */
export function equalModuloRedaction(one: JsonValue, other: JsonValue): boolean {
  if (one === other || isBehind(one, other) || isBehind(other, one)) return true;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((element, index) => equalModuloRedaction(element, other[index] as JsonValue))
    );
  }
  if (isJsonObject(one)) return isJsonObject(other) && couldBeOneObject(one, other);
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  return couldBeOneJson(one, other) || haveMarkersApart(one, other);
}

function couldBeOneObject(one: JsonObject, other: JsonObject): boolean {
  const common = plainKeys(one).filter((key) => Object.hasOwn(other, key));
  return (
    couldHold(one, other, plainKeys(other).length - common.length) &&
    couldHold(other, one, plainKeys(one).length - common.length) &&
    common.every((key) => equalModuloRedaction(one[key] as JsonValue, other[key] as JsonValue))
  );
}

/** Whether this object's marker can replace `count` members that only the other object shows. */
function couldHold(object: JsonObject, other: JsonObject, count: number): boolean {
  return isFolded(object) ? count > 0 || isFolded(other) : count === 0;
}

/** Whether the object has a marker in place of members whose keys are credentials. */
function isFolded(object: JsonObject): boolean {
  const folded = object[redactedKey];
  return typeof folded === 'string' && isMarker(folded);
}

function plainKeys(object: JsonObject): string[] {
  return Object.keys(object).filter((key) => key !== redactedKey || !isFolded(object));
}

/** JSON in a text is written again once something in it is hidden. */
function couldBeOneJson(one: string, other: string): boolean {
  if (!holdsMarker(one) && !holdsMarker(other)) return false;
  const [json, otherJson] = [parseEmbedded(one), parseEmbedded(other)];
  return json !== undefined && otherJson !== undefined && equalModuloRedaction(json, otherJson);
}

/**
 * Whether both texts contain markers at different places, and are equal before the first and after the last marker of
 * either. The text between them can be behind the other's marker.
 */
function haveMarkersApart(one: string, other: string): boolean {
  if (!holdsMarker(one) || !holdsMarker(other)) return false;
  const [first = '', otherFirst = ''] = [splitAtMarkers(one)[0], splitAtMarkers(other)[0]];
  const [last = '', otherLast = ''] = [splitAtMarkers(one).at(-1), splitAtMarkers(other).at(-1)];
  if (first === otherFirst && last === otherLast) return false;
  const agreesAhead = first.startsWith(otherFirst) || otherFirst.startsWith(first);
  return agreesAhead && (last.endsWith(otherLast) || otherLast.endsWith(last));
}

function holdsMarker(text: string): boolean {
  return splitAtMarkers(text).length > 1;
}

/** Whether the second value equals the first, a text, apart from what is behind the markers of the first. */
function isBehind(marked: JsonValue, value: JsonValue): boolean {
  if (typeof marked !== 'string' || !holdsMarker(marked)) return false;
  if (typeof value === 'number' || typeof value === 'boolean' || isExactNumber(value))
    return isMarker(marked);
  return (
    typeof value === 'string' &&
    standInOrder(
      splitAtMarkers(marked).filter((part) => part !== ''),
      value,
    )
  );
}

/** Whether a text consists of the parts in order, with one character or more in place of each marker. */
function standInOrder(parts: readonly string[], text: string): boolean {
  let place = 0;
  let isOpen = false;
  for (const [index, part] of parts.entries()) {
    if (isMarker(part)) {
      place += 1;
      isOpen = true;
      continue;
    }
    const isLast = index === parts.length - 1;
    const found = !isOpen ? place : isLast ? text.length - part.length : text.indexOf(part, place);
    if (found < place || !text.startsWith(part, found)) return false;
    place = found + part.length;
    isOpen = false;
  }
  return isOpen ? place <= text.length : place === text.length;
}
