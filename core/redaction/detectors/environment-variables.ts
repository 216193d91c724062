// Reads environment variables in a text, one a line: `NAME=value` as in an ENV file, or `NAME: value` as in YAML.
import { parseEmbedded } from '../encodings/embedded-json.ts';

/** A line of ENV or YAML: all before the value, and the name in it. A single `=` at its end can belong to base64. */
const variable =
  /^(?<before>\s*(?:export\s+|-\s+)?["']?(?<name>[A-Za-z_][\w.-]*)["']?[ \t]*(?:=(?!=*$)|:(?=[ \t]|$))[ \t]*)(?<value>[\s\S]*)$/;

export interface Variable {
  readonly name: string;
  /** Everything before the value, including the name. */
  readonly before: string;
  readonly value: string;
}

/** The variable in a line; `undefined` when there is none. */
export function readVariable(line: string): Variable | undefined {
  const { name, before, value } = variable.exec(line)?.groups ?? {};
  if (name === undefined || before === undefined || value === undefined) return undefined;
  return { name, before, value };
}

/** The lines of a text and their line ends, in turn. */
export function linesOf(text: string): string[] {
  return text.split(/(\r?\n)/);
}

/** Without such a word, the name can also be that of a workspace: `environment: 'prod'`. */
const variablesName = /var(?:iable)?s?/i;

/**
 * Whether a text under the name of a set of variables is one. `isShown` says whether redaction keeps a name readable:
 * with it, the answer is whether the text is still a set of variables after its redaction.
 */
export function holdsVariables(
  placeName: string,
  text: string,
  isShown: (name: string) => boolean = () => true,
): boolean {
  if (variablesName.test(placeName) || parseEmbedded(text) !== undefined) return true;
  return linesOf(text).some((line) => {
    const found = readVariable(line);
    return found !== undefined && isCertain(found) && isShown(found.name);
  });
}

/** A word and a colon can begin a sentence. */
function isCertain({ name, before }: Variable): boolean {
  return before.includes('=') || name === name.toUpperCase();
}
