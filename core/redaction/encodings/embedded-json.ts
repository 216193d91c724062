// JSON inside a string.
import { depthOf, type JsonValue } from '../../values/json.ts';
import { isMarker } from '../text/markers.ts';

/** Deepest JSON inside a string that is looked through. */
const maxEmbeddedDepth = 64;

/** JSON of an object, list or string inside a string; `undefined` when the text is none. */
export function parseEmbedded(text: string): JsonValue | undefined {
  if (!/[}\]"\s]$/.test(text)) return undefined;
  if (!/^\s*(?:\{[\s\S]*\}|\[[\s\S]*\]|"[\s\S]*")\s*$/.test(text) || isMarker(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether JSON in a text cannot be looked through wholly: nested too deep, or with a key twice. */
export function isOpaque(text: string, json: JsonValue): boolean {
  return depthOf(json) > maxEmbeddedDepth || countMembers(json) < countKeys(text);
}

/** A string, which is left out, or a number. */
const numbersOutsideStrings = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** Decimal digits that a double keeps (IEEE 754). */
const safeDigits = 15;

/** Whether every number of a JSON text has the same value once it is parsed and written again. */
export function isExact(json: string): boolean {
  return (json.match(numbersOutsideStrings) ?? []).every(
    (token) => token.startsWith('"') || isExactNumber(token),
  );
}

function isExactNumber(token: string): boolean {
  const [mantissa = ''] = token.split(/e/i);
  const digits = mantissa.replace(/\D/g, '').replace(/^0+/, '');
  const number = Number(token);
  if (String(number) === token) return true;
  return digits.length <= safeDigits && Number.isFinite(number) && (number !== 0 || digits === '');
}

/** The keys in a JSON text. Of two that are equal in one object, parsing keeps the last: the other would not be seen. */
function countKeys(json: string): number {
  let keys = 0;
  for (const [, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon !== undefined) keys += 1;
  return keys;
}

/** The members of all objects in a value. */
function countMembers(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  const children = Object.values(value);
  const own = Array.isArray(value) ? 0 : children.length;
  return children.reduce<number>((sum, child) => sum + countMembers(child), own);
}
