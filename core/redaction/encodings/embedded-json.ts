// Parses JSON inside a string, and decides whether it can be written again without a loss.
import { depthOf, type JsonValue } from '../../values/json.ts';
import { isMarker } from '../text/markers.ts';

/** The depth of JSON inside a string that is read. */
const maxEmbeddedDepth = 64;

/** Parses JSON of an object, list or string; returns `undefined` if the text is none. */
export function parseEmbedded(text: string): JsonValue | undefined {
  if (!/[}\]"\s]/.test(text.charAt(text.length - 1))) return undefined;
  if (!/^\s*(?:\{[\s\S]*\}|\[[\s\S]*\]|"[\s\S]*")\s*$/.test(text) || isMarker(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether JSON in a text cannot be read completely, because it is nested too deep or contains a key twice. */
export function isOpaque(text: string, json: JsonValue): boolean {
  return depthOf(json) > maxEmbeddedDepth || countMembers(json) < countKeys(text);
}

/** A string, which is skipped, or a number. */
const numbersOutsideStrings = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** The decimal digits that a double preserves (IEEE 754). */
const safeDigits = 15;

/** Whether every number in a JSON text has the same value after it is parsed and written again. */
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

/** Counts the keys in a JSON text. Of two equal keys in one object, parsing keeps the last one only. */
function countKeys(json: string): number {
  let keys = 0;
  for (const [, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon !== undefined) keys += 1;
  return keys;
}

/** Counts the members of all objects in a value. */
function countMembers(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  const children = Object.values(value);
  const own = Array.isArray(value) ? 0 : children.length;
  return children.reduce<number>((sum, child) => sum + countMembers(child), own);
}
