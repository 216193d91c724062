// Parses the JSON that a string of a state contains, such as a policy document. Never loses a part of the text that a
// comparison would then hide. Also runs in browsers and in Node.js 20, whose JSON.parse does not return the source.
import { toNumber } from '../values/exact-number.ts';
import { depthOf, type JsonObject, type JsonValue, maxDepth } from '../values/json.ts';

/** The start of an object or list in JSON. A redaction marker, which also begins with a bracket, does not match. */
const start = /^\s*(?:\{\s*["}]|\[\s*[\]"[{\dtfn-])/;

/** A string, a number, or the colon of a member. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|:/g;

/**
 * Returns the object or list that a string contains as JSON, with numbers that a double cannot hold as exact numbers.
 * Returns `undefined` for anything else: other text, JSON that is nested too deeply, and objects with a key twice, of
 * which only one value would be compared.
 */
export function parseJsonText(text: JsonValue): JsonValue[] | JsonObject | undefined {
  if (typeof text !== 'string' || !start.test(text)) return undefined;
  const value = parse(text);
  if (value === undefined || depthOf(value) > maxDepth) return undefined;
  let members = 0;
  let isExact = true;
  const exact = text.replace(token, (written) => {
    if (written === ':') members++;
    if (written.startsWith('"') || written === ':') return written;
    const number = toNumber(written);
    if (typeof number === 'number') return written;
    isExact = false;
    return JSON.stringify(number);
  });
  if (members !== countMembers(value)) return undefined;
  return (isExact ? value : parse(exact)) as JsonValue[] | JsonObject;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const children: unknown[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : children.length;
  return children.reduce<number>((sum, child) => sum + countMembers(child), own);
}
