// Reads files of events in EventBridge's format: one event or an array of events in each file. For `npm run emit` only;
// the emitter package must not import it.

import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject } from '../../core/values/json.ts';
import { parseJson } from '../../core/values/parse-json.ts';
import { locateJsonError } from './json-error-position.ts';

/** One event of a file, or why it cannot be read. `number` is its position in an array, from 1. */
export type FileEvent = { readonly file: string; readonly number?: number } & (
  | { readonly envelope: JsonObject }
  | { readonly problem: string }
);

/** Reads the events of a file. With `exact`, numbers keep the digits of the file. Never throws. */
export function readEventFile(file: string, { exact }: { readonly exact: boolean }): FileEvent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    return [{ file, problem: `cannot be read: ${code}` }];
  }
  const plain = text.replace(/^\uFEFF/, '');
  let content: unknown;
  try {
    content = parse(plain, exact);
  } catch (error) {
    // The parser's message quotes the file, which can contain secrets.
    const isSyntax = error instanceof SyntaxError;
    const problem = isSyntax ? `is not valid JSON at ${locateJsonError(plain)}` : 'cannot be parsed as JSON';
    return [{ file, problem }];
  }
  if (!Array.isArray(content)) return [{ file, ...toEvent(content) }];
  if (content.length === 0) return [{ file, problem: 'contains no event' }];
  return content.map((item, index) => ({ file, number: index + 1, ...toEvent(item) }));
}

function toEvent(content: unknown): { envelope: JsonObject } | { problem: string } {
  return isJsonObject(content)
    ? { envelope: content }
    : { problem: 'is not an event: must be a JSON object in the format that EventBridge delivers' };
}

/** https://github.com/tc39/proposal-json-parse-with-source, not yet in TypeScript's standard library. */
const jsonWithSource = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

function parse(text: string, exact: boolean): unknown {
  if (!exact) return parseJson(text);
  return jsonWithSource.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && source !== String(value)
      ? jsonWithSource.rawJSON(source)
      : value,
  );
}
