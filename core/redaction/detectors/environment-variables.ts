// Environment variables in a text: as ENV, `NAME=value`, or YAML, `NAME: value`, a line for each.
import { parseEmbedded } from '../encodings/embedded-json.ts';

/** A line of ENV or YAML: all before the value, and the name in it. A single `=` at its end may be that of base64. */
const variable =
  /^(?<before>\s*(?:export\s+|-\s+)?["']?(?<name>[A-Za-z_][\w.-]*)["']?[ \t]*(?:=(?!=*$)|:(?=[ \t]|$))[ \t]*)(?<value>[\s\S]*)$/;

export interface Variable {
  readonly name: string;
  /** All that stands before the value, the name included. */
  readonly before: string;
  readonly value: string;
}

/** The variable of a line; `undefined` when it has none. */
export function readVariable(line: string): Variable | undefined {
  const { name, before, value } = variable.exec(line)?.groups ?? {};
  if (name === undefined || before === undefined || value === undefined) return undefined;
  return { name, before, value };
}

/** The lines of a text and what ends each, in turn. */
export function linesOf(text: string): string[] {
  return text.split(/(\r?\n)/);
}

/** Without such a word the name of a place is a workspace's too: `environment: 'prod'`. */
const variablesName = /var(?:iable)?s?/i;

/**
 * Whether a text under the name of a place of secrets is a set of variables. `isShown` tells of a name whether redaction
 * leaves it: what is judged by it is judged alike before and after.
 */
export function holdsVariables(placeName: string, text: string, isShown: (name: string) => boolean): boolean {
  if (variablesName.test(placeName) || parseEmbedded(text) !== undefined) return true;
  return linesOf(text).some((line) => {
    const found = readVariable(line);
    return found !== undefined && isCertain(found) && isShown(found.name);
  });
}

/** A word and a colon may begin a sentence. */
function isCertain({ name, before }: Variable): boolean {
  return before.includes('=') || name === name.toUpperCase();
}
