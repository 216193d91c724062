// What the form of a value in a state says about it: a pair, a header, a workspace, a reference.
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.ts';
import { findEncodings } from '../encodings/encoded-text.ts';
import { isCredential } from './credential.ts';
import type { NameMatcher } from './name-matcher.ts';
import { looksGenerated, looksLikePassword } from './value-shape.ts';

/** `{ name, value }` and its kind: the keys that name a value, and those that hold it. */
export interface Pair {
  readonly nameKeys: readonly string[];
  readonly valueKeys: readonly string[];
}

/** The keys of a pair, of the sorted `keys` of the object; `undefined` when the object is not one. */
export function pairOf(object: JsonObject, keys: readonly string[], names: NameMatcher): Pair | undefined {
  if (!keys.some((key) => names.partOfPair(key) === 'value')) return undefined;
  const nameKeys = keys.filter((key) => names.partOfPair(key) === 'name' && typeof object[key] === 'string');
  if (nameKeys.length === 0) return undefined;
  return { nameKeys, valueKeys: keys.filter((key) => names.partOfPair(key) === 'value') };
}

/** Whether an element of a list is a `[name, value]` pair, as headers often are. */
export function isHeader(element: JsonValue): element is [string, JsonValue] {
  return Array.isArray(element) && element.length === 2 && typeof element[0] === 'string';
}

/** The name of a flag, `--api-key`, whose value is this next element of a command, unless that is a flag too. */
export function flagBefore(element: JsonValue, previous: JsonValue | undefined): string | undefined {
  if (typeof previous !== 'string' || typeof element === 'object') return undefined;
  return /^--[a-z][a-z-]*$/.test(String(element)) ? undefined : /^--?([A-Za-z][\w.-]*)$/.exec(previous)?.[1];
}

/** Fields of a workspace that a set of variables does not have. */
const workspaceField =
  /^(?:id|arn|name|displayName|type|kind|stage|status|state|account(?:Id|Name)?|region|organizationId|vpc(?:Id)?|subnet(?:Id)?s|cluster(?:Arn|Name)?|createdAt|createdBy|updatedAt)$/;

/** Which account or place it is. With one of them, other fields are those of a workspace too. */
const workspaceIdentity =
  /^(?:id|arn|account(?:Id|Name)?|region|organizationId|vpc(?:Id)?|cluster(?:Arn|Name)?)$/;

/** A set of variables inside it, which is judged by its own name. */
const variablesField = /^(?:environmentVariables|envVars?)$/;

/** Other fields of a workspace: one value, or a list of them, under a name as JSON objects have it. */
function isPlainField(key: string, value: JsonValue): boolean {
  if (variablesField.test(key)) return true;
  if (!/^[a-z][A-Za-z0-9]*$/.test(key) || /var(?:iable)?s?$|^env/i.test(key)) return false;
  return Array.isArray(value) ? value.every((element) => typeof element !== 'object') : !isJsonObject(value);
}

/** Whether an `environment` is a MayaOps workspace, `{ name, accountId, … }`, and not a set of variables. */
export function isWorkspace(name: string, value: JsonValue): boolean {
  if (name !== 'environment' || !isJsonObject(value)) return false;
  const fields = Object.entries(value);
  const isIdentified = fields.some(([key]) => workspaceIdentity.test(key) || variablesField.test(key));
  return fields.every(([key, child]) =>
    workspaceField.test(key) ? !isJsonObject(child) : isIdentified && isPlainField(key, child),
  );
}

/** The contract's own `authorization`, which is no header. */
export function isDecision(name: string, value: JsonValue): boolean {
  if (name !== 'authorization' || !isJsonObject(value)) return false;
  return Object.keys(value).every((key) => key === 'permission' || key === 'decision');
}

/** `secrets: { database: … }`: the keys in it are names of secrets, however ordinary they look. */
export function isSecretMap(name: string): boolean {
  return /(?:secret|password|token|key|cookie|code)s$/i.test(name);
}

/** Texts that say where a secret is stored, and nothing about it. */
const references = [
  /^arn:aws[\w-]*:[\w-]+:[\w-]*:(?:\d{12}|aws)?:[^\s:]\S*$/,
  /^\{\{resolve:(?:secretsmanager|ssm-secure):[^}\s]*\}\}$/,
];

const expressions = [
  /^\$(?<name>[A-Z_][A-Z0-9_]+)$/,
  /^\$\{(?<name>[A-Za-z_][\w.]*)\}$/,
  /^\$?\{\{ ?[$.]?(?<name>[A-Za-z_]\w*(?:\.\w+)+) ?\}\}$/,
];

/** A part of a name in capitals, which has few digits: `DB`, `OAUTH2`, `S3`, `K8S`, `SHA256`. */
const upperPart = /^(?:[A-Z]{1,3}\d{3}|[A-Z]+(?:\d{1,2}[A-Z]*)?|\d{1,4})?$/;

/** Whether a password could look like this name of a variable: `RK3VT9MQ71`, `Rk3vT9mQz71bW`. */
function looksRandom(name: string): boolean {
  if (name === name.toUpperCase()) return name.split(/[_.]/).some((part) => !upperPart.test(part));
  return name.split('.').some(looksLikePassword);
}

/** Whether a value is the ARN, the variable or the expression that stands for a secret. */
export function isReference(value: string): boolean {
  if (!/^[a${]/.test(value)) return false;
  if (references.some((form) => form.test(value))) return true;
  const name = expressions.map((form) => form.exec(value)?.groups?.name).find((name) => name !== undefined);
  return name !== undefined && !looksRandom(name);
}

/** Whether a text under the name of a key is the alias of a KMS key. */
export function isKeyAlias(name: string, value: string): boolean {
  return /keys?(?:[-_.\s]?id)?$/i.test(name) && /^alias\/[\w/-]+$/.test(value);
}

/** Members of an object that only refers to a value: CloudFormation, ECS and Kubernetes. */
const referenceMember =
  /^(?:Ref|Fn::GetAtt|Fn::ImportValue|valueFrom|secretKeyRef|configMapKeyRef|fieldRef|secretRef|configMapRef)$/;

/** Whether an object is `{ Ref: 'DBPassword' }` or its kind: it says which value is used, and not what it is. */
export function isReferenceObject(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && referenceMember.test(keys[0] ?? '');
}

/** Whether a member only refers to a value: an object, or a text that is the name or ARN of a parameter. */
export function isReferenceMember(name: string, value: JsonValue): boolean {
  if (!/^(?:valueFrom|secretKeyRef|configMapKeyRef|secretRef|configMapRef)$/i.test(name)) return false;
  if (typeof value === 'string') return /^[\w.:/-]{1,2048}$/.test(value) && !looksGenerated(value);
  return isJsonObject(value);
}

/** Whether a member is the name in `{ name, valueFrom }`. */
export function isNameOfReference(key: string, object: JsonObject): boolean {
  return /^name$/i.test(key) && (Object.hasOwn(object, 'valueFrom') || Object.hasOwn(object, 'ValueFrom'));
}

/** Whether a value is the id of an AWS access key under its own name: an id, as CloudTrail shows it too. */
export function isAccessKeyId(name: string, value: string): boolean {
  return /^(?:aws[_-]?)?access[_-]?key[_-]?id$/i.test(name) && /^A[KS]IA[A-Z0-9]{12,124}$/.test(value);
}

/** Whether a text under the name of a connection is a URL. Whether it contains a password is another question. */
export function isConnectionUrl(name: string, value: string): boolean {
  return (
    /(?:database|connection|db)[-_.\s]?ur[li]$/i.test(name) &&
    /^(?:jdbc:)?[a-z][\w+.-]*:\/\/\S+$/i.test(value)
  );
}

/** Names of ids and of positions in a list that AWS services make at random. */
const randomId =
  /(?:(?:upload|job|archive|inventory|canonical[-_.]?user|query|execution|operation|change)[-_.]?id|(?:next|page|pagination|continuation)[-_.]?token|marker)$/i;

/** Whether a random value is an id under its own name. A value with encoded text in it is none. */
export function isRandomId(name: string, value: string): boolean {
  if (!randomId.test(name) || !/^[\w.~:+/=-]{32,1024}$/.test(value)) return false;
  return !isCredential(value) && findEncodings(value).length === 0;
}

/** Whether an object is a JSON web key (RFC 7517). */
export function isJsonWebKey(object: JsonObject): boolean {
  return typeof object.kty === 'string';
}
