// What the form of a value in a state says about it, apart from any secret.
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { NameMatcher } from './field-names.ts';

/** `{ name, value }` and its kind: the keys that name a value, and those that hold it. */
export interface Pair {
  readonly nameKeys: readonly string[];
  readonly valueKeys: readonly string[];
}

/** The keys of a pair; `undefined` when the object is none. */
export function pairOf(object: JsonObject, names: NameMatcher): Pair | undefined {
  const nameKeys: string[] = [];
  const valueKeys: string[] = [];
  for (const key of Object.keys(object)) {
    const part = names.partOfPair(key);
    if (part === 'value') valueKeys.push(key);
    else if (part === 'name' && typeof object[key] === 'string') nameKeys.push(key);
  }
  return valueKeys.length > 0 && nameKeys.length > 0 ? { nameKeys: nameKeys.sort(), valueKeys } : undefined;
}

/** One of a list of `[name, value]` pairs, as headers often are. */
export function isHeader(element: JsonValue): element is [string, JsonValue] {
  return Array.isArray(element) && element.length === 2 && typeof element[0] === 'string';
}

/** The name of a flag, `--api-key`, whose value is the next element of a command. */
export function flagOf(element: JsonValue | undefined): string | undefined {
  return typeof element === 'string' ? /^--?([A-Za-z][\w-]*)$/.exec(element)?.[1] : undefined;
}

/** An `environment` that is a MayaOps workspace, `{ name, accountId, … }`, and not a set of variables. */
export function isWorkspace(name: string, value: JsonValue): boolean {
  return (
    name === 'environment' &&
    isJsonObject(value) &&
    !Object.keys(value).some((key) => /^[A-Z_][A-Z0-9_]*$/.test(key))
  );
}

/** A number is a secret only under names such as `pin`; `tokens: 512` is a size. */
export function holdsSecretNumbers(name: string): boolean {
  return /(?:pass|pwd|pin|otp|secret|code)/i.test(name);
}

/** References that say where a secret is kept, and nothing of it. */
export function isReference(value: string): boolean {
  return (
    /^arn:aws[\w-]*:[\w-]*:/.test(value) ||
    /^\{\{resolve:(?:secretsmanager|ssm-secure):[^}]*\}\}$/.test(value)
  );
}
