// Parses JSON without rounding numbers. Needs JSON.parse with source text access (Node.js 21 or later).
import { toNumber } from './exact-number.ts';
import { depthOf, maxWalkableDepth } from './json.ts';

/** https://github.com/tc39/proposal-json-parse-with-source, not yet in TypeScript's standard library. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

/**
 * The start of a number with 16 digits or more, with an exponent, or with the value -0. In JSON text, a number follows
 * one of these characters. IDs and hashes inside strings rarely match, so that few events are parsed twice.
 */
const couldBeInexact = /(?:^|[[:,\s])(?:-?(?:[\d.]{16}|[\d.]+[eE])|-0)/;

/**
 * Returns the parsed value. Numbers that a double cannot hold are exact numbers. Throws SyntaxError. A value that is
 * nested deeper than `maxWalkableDepth` levels, which no caller accepts, has rounded numbers.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // A reviver is called recursively, so a deeply nested value would overflow the stack.
  if (!couldBeInexact.test(text) || depthOf(value) > maxWalkableDepth) return value;
  return parseWithSource(text, (_, parsed, { source }) =>
    typeof parsed === 'number' && source !== undefined ? toNumber(source) : parsed,
  );
}
