// Reads and validates the secrets that a service declares for an event. hide-declared.ts hides them.
import { minDeclaredLength } from '../redaction/declared/declared-secrets.ts';
import { isMarker } from '../redaction/text/markers.ts';
import { type Issue, issueCodes } from '../values/issue.ts';
import { isJsonObject, type JsonObject } from '../values/json.ts';
import { keysOf, pointerTo } from '../values/json-pointer.ts';
import { commonWords, isDeclarable, isPattern, learnableOf, placesOf } from './declared-places.ts';
import { certainLength, contractFieldsOf } from './identifying-fields.ts';

/** What a service declares about one event. */
export interface Declarations {
  /** JSON Pointers (RFC 6901) into the detail; the key `*` matches all keys of one level. */
  readonly paths: readonly string[];
  /** Strings that are secret wherever they occur. */
  readonly values: readonly string[];
}

/** The maximum number of paths or values that one event can declare. */
export const maxDeclarations = 256;

/** Returns the declarations of a detail, which does not have to conform to the contract. Ignores malformed ones. */
export function declarationsOf(detail: unknown): Declarations {
  const paths = isJsonObject(detail) && Array.isArray(detail.secretPaths) ? detail.secretPaths : [];
  const texts = paths.filter((path): path is string => typeof path === 'string');
  return { paths: texts.slice(0, maxDeclarations), values: [] };
}

/** A declared path or value, and the pointer to the declaration in the service's input. */
export interface Declared {
  readonly text: string;
  readonly at: string;
}

/** Returns the issues with the declarations. A message names the field and never contains the value. */
export function findDeclarationIssues(
  detail: JsonObject,
  paths: readonly Declared[],
  values: readonly Declared[] = [],
): Issue[] {
  const issues: Issue[] = [];
  const report = (path: string, message: string) =>
    issues.push({ path, code: issueCodes.invalidValue, message });
  if (paths.length + values.length === 0) return issues;
  const fields = contractFieldsOf(detail);
  for (const { text: path, at } of paths) {
    const problem = findPathProblem(detail, path);
    if (problem !== undefined) report(at, problem);
    else if (!isPattern(path)) {
      for (const value of learnableOf(placesOf(detail, path))) {
        const problem = findValueProblem(value, fields);
        if (problem !== undefined) report(at, `must not point to a value that ${problem}`);
      }
    }
  }
  for (const { text: value, at } of values) {
    const problem = findValueProblem(value, fields);
    if (problem !== undefined) report(at, `must not be a value that ${problem}`);
  }
  return issues;
}

function findPathProblem(detail: JsonObject, path: string): string | undefined {
  if (!isDeclarable(path)) {
    return 'must be a JSON Pointer into before, after, reason or actor/userAgent, such as /after/auth/token';
  }
  const keys = keysOf(path);
  const certain = isPattern(path) ? keys.slice(0, keys.indexOf('*')) : keys;
  return placesOf(detail, certain.reduce(pointerTo, '')).length > 0
    ? undefined
    : 'must match a field of the event';
}

function findValueProblem(value: string, fields: ReadonlyMap<string, string>): string | undefined {
  if (value.length < minDeclaredLength) return undefined;
  if (commonWords.has(value)) return 'is a common word';
  if ('[REDACTED:1]'.includes(value.replace(/\d+/g, '1')) && /\D/.test(value) && !isMarker(value)) {
    return 'is part of a redaction marker';
  }
  for (const [path, text] of fields) {
    if (text === value) return `equals ${path}`;
    if (value.length >= certainLength && text.includes(value)) return `is part of ${path}`;
  }
  return undefined;
}
