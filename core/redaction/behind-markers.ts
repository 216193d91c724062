// Whether two redacted values can have been one: what only newer rules hide stands readable in what older rules left, and
// there no marker tells what it was.
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { parseEmbedded } from './embedded-json.ts';
import { isMarker, redactedKey, splitAtMarkers } from './markers.ts';

/** Whether `older` is `newer` but for what stands behind the markers of `newer`, whatever their numbers. */
export function couldBeBehind(newer: JsonValue, older: JsonValue): boolean {
  if (typeof newer === 'string') return couldBeText(newer, older);
  if (Array.isArray(newer)) {
    return (
      Array.isArray(older) &&
      newer.length === older.length &&
      newer.every((element, index) => couldBeBehind(element, older[index] as JsonValue))
    );
  }
  if (isJsonObject(newer)) return isJsonObject(older) && couldBeObject(newer, older);
  return newer === older;
}

/** Members whose keys are credentials are one marker in `newer`, and may have been any in `older`. */
function couldBeObject(newer: JsonObject, older: JsonObject): boolean {
  const folded = newer[redactedKey];
  const holdsFolded = typeof folded === 'string' && isMarker(folded);
  const keys = Object.keys(newer).filter((key) => !(holdsFolded && key === redactedKey));
  const rest = Object.keys(older).length - keys.length;
  return (
    (holdsFolded ? rest > 0 : rest === 0) &&
    keys.every(
      (key) => Object.hasOwn(older, key) && couldBeBehind(newer[key] as JsonValue, older[key] as JsonValue),
    )
  );
}

function couldBeText(newer: string, older: JsonValue): boolean {
  if (newer === older) return true;
  const parts = splitAtMarkers(newer).filter((part) => part !== '');
  if (!parts.some(isMarker)) return false;
  if (typeof older !== 'string')
    return parts.length === 1 && (typeof older === 'number' || typeof older === 'boolean');
  if (standInOrder(parts, older)) return true;
  // JSON in a text is written anew once something in it is hidden.
  const [json, olderJson] = [parseEmbedded(newer), parseEmbedded(older)];
  return json !== undefined && olderJson !== undefined && couldBeBehind(json, olderJson);
}

/** Whether a text consists of the parts, one character or more in the place of each marker. */
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
