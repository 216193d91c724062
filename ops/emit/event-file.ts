// Reads event files as EventBridge shapes events, one or an array to a file. Part of the command line only.
import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject } from '../../core/values/json.ts';
import { placeOfMistake } from './json-error-position.ts';

/** An event of a file, or the reason why there is none. `number` counts from 1 in files that hold an array. */
export type FileEvent = { readonly file: string; readonly number?: number } & (
  | { readonly envelope: JsonObject }
  | { readonly problem: string }
);

/** The events of a file. With `exact`, numbers keep the digits that the file has. Never throws. */
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
    // The parser's message quotes the file, which may hold secrets.
    const isSyntax = error instanceof SyntaxError;
    const problem = isSyntax ? `is not JSON: see ${placeOfMistake(plain)}` : 'is not JSON that can be read';
    return [{ file, problem }];
  }
  if (!Array.isArray(content)) return [{ file, ...toEvent(content) }];
  if (content.length === 0) return [{ file, problem: 'holds no event' }];
  return content.map((item, index) => ({ file, number: index + 1, ...toEvent(item) }));
}

function toEvent(content: unknown): { envelope: JsonObject } | { problem: string } {
  return isJsonObject(content)
    ? { envelope: content }
    : { problem: 'is not an event: must be a JSON object as EventBridge delivers it' };
}

/** https://github.com/tc39/proposal-json-parse-with-source, which TypeScript's library does not have yet. */
const jsonWithSource = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

function parse(text: string, exact: boolean): unknown {
  if (!exact) return JSON.parse(text);
  return jsonWithSource.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && source !== String(value)
      ? jsonWithSource.rawJSON(source)
      : value,
  );
}
