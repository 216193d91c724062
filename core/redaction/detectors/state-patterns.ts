// What the form of a value in a state says about it, apart from any secret.
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.ts';
import type { NameMatcher } from './name-matcher.ts';

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

/** The name of a flag, `--api-key`, whose value is this next element of a command, unless that is a flag too. */
export function flagBefore(element: JsonValue, previous: JsonValue | undefined): string | undefined {
  if (typeof previous !== 'string' || typeof element === 'object') return undefined;
  return /^--[a-z][a-z-]*$/.test(String(element)) ? undefined : /^--?([A-Za-z][\w.-]*)$/.exec(previous)?.[1];
}

/** Fields of a workspace that are no variables. */
const workspaceField =
  /^(?:id|arn|name|displayName|type|kind|stage|status|state|account(?:Id|Name)?|region|organizationId|vpc(?:Id)?|subnet(?:Id)?s|cluster(?:Arn|Name)?|createdAt|createdBy|updatedAt)$/;

/** An `environment` that is a MayaOps workspace, `{ name, accountId, … }`, and not a set of variables. */
export function isWorkspace(name: string, value: JsonValue): boolean {
  if (name !== 'environment' || !isJsonObject(value)) return false;
  return Object.entries(value).every(([key, child]) => workspaceField.test(key) && !isJsonObject(child));
}

/** The contract's own `authorization`, which is no header. */
export function isDecision(name: string, value: JsonValue): boolean {
  if (name !== 'authorization' || !isJsonObject(value)) return false;
  return Object.keys(value).every((key) => key === 'permission' || key === 'decision');
}

/** `secrets: { database: … }`: its keys are names of secrets, however ordinary they look. */
export function isSecretMap(name: string): boolean {
  return /(?:secret|password|token|key|cookie|code)s$/i.test(name);
}

/** References that say where a secret is kept, and nothing of it. */
export function isReference(value: string): boolean {
  return (
    /^arn:aws[\w-]*:[\w-]+:[\w-]*:(?:\d{12}|aws)?:[^\s:]\S*$/.test(value) ||
    /^\{\{resolve:(?:secretsmanager|ssm-secure):[^}\s]*\}\}$/.test(value)
  );
}
