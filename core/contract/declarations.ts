// Validates the secrets that a service declares for an event and hides them. It does not depend on the redaction rules,
// which run afterward.
import canonicalize from 'canonicalize';
import { DeclaredSecrets, minDeclaredLength } from '../redaction/declared/declared-secrets.ts';
import { isMarker, markerPattern, redactedKey } from '../redaction/text/markers.ts';
import { type Issue, issueCodes } from '../values/issue.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.ts';
import { keysOf } from '../values/json-pointer.ts';

/** What a service declares about one event. */
export interface Declarations {
  /** JSON Pointers (RFC 6901) into the detail; the key `*` matches all keys of one level. */
  readonly paths: readonly string[];
  /** Strings that are secret wherever they occur. */
  readonly values: readonly string[];
}

/** The maximum number of paths or values that one event can declare. */
export const maxDeclarations = 256;

/**
 * A declared value of at least this length must not be part of a contract field. Shorter ones occur there by chance.
 */
const certainLength = 8;

/** The fields that can contain a declared secret. */
const declarable = /^\/(?:(?:before|after)(?:\/.*)?|reason|actor\/userAgent)$/s;

/** Common JSON and configuration words that are never treated as secrets elsewhere in the event. */
const commonWords = new Set(['true', 'false', 'null', 'none', 'undefined']);

interface Place {
  readonly holder: JsonObject | JsonValue[];
  readonly key: string;
}

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
  if (!declarable.test(path)) {
    return 'must be a JSON Pointer into before, after, reason or actor/userAgent, such as /after/auth/token';
  }
  const keys = keysOf(path);
  const certain = isPattern(path) ? keys.slice(0, keys.indexOf('*')) : keys;
  const pointer = certain.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return placesOf(detail, pointer).length > 0 ? undefined : 'must match a field of the event';
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

/** Returns the strings in identifying contract fields, which cannot be declared as secrets. */
function contractFieldsOf(detail: JsonObject): Map<string, string> {
  const fields = new Map<string, string>();
  const read = (value: JsonValue | undefined, path: string) => {
    if (typeof value === 'string') fields.set(path, value);
    else if (isJsonObject(value)) {
      for (const [key, child] of Object.entries(value)) {
        if (`${path}/${key}` !== '/actor/userAgent') read(child, `${path}/${key}`);
      }
    }
  };
  for (const key of identifyingFields) read(detail[key], `/${key}`);
  return fields;
}

const identifyingFields = [
  'specVersion',
  'eventId',
  'occurredAt',
  'organizationId',
  'actor',
  'authorization',
  'accountId',
  'region',
  'environment',
  'target',
  'requestId',
  'traceId',
];

const identifying: ReadonlySet<string> = new Set(identifyingFields);

/** For events that break the contract, in which any field can contain a secret. */
export const keepNothing: ReadonlySet<string> = new Set();

function isPattern(path: string): boolean {
  return keysOf(path).includes('*');
}

/** Returns the places that a path matches. */
function placesOf(detail: JsonObject, path: string): Place[] {
  let places: Place[] = [{ holder: { '': detail }, key: '' }];
  for (const key of keysOf(path)) {
    places = places.flatMap((place) => {
      const value = read(place);
      if (typeof value !== 'object' || value === null) return [];
      if (key === '*') return Object.keys(value).map((child) => ({ holder: value, key: child }));
      return Object.hasOwn(value, key) && key !== 'length' ? [{ holder: value, key }] : [];
    });
  }
  return places;
}

function read({ holder, key }: Place): JsonValue | undefined {
  return (holder as Record<string, JsonValue>)[key];
}

/** Returns the strings and numbers at the places. */
function leavesOf(places: readonly Place[]): string[] {
  const leaves: string[] = [];
  const collect = (value: JsonValue | undefined): void => {
    if (typeof value === 'string') leaves.push(value);
    else if (typeof value === 'number') leaves.push(String(value));
    else if (typeof value === 'object' && value !== null)
      for (const child of Object.values(value)) collect(child);
  };
  for (const place of places) collect(read(place));
  return leaves;
}

function learnableOf(places: readonly Place[]): string[] {
  return leavesOf(places).filter(
    (text) => text.length >= minDeclaredLength && !isMarker(text) && !commonWords.has(text),
  );
}

/** A detail without its declared secrets, and a test for other text that will be shown. */
export interface DeclaredHiding {
  /** The detail with each declared secret replaced by a marker, or the same object if there are no declarations. */
  readonly detail: JsonObject;
  readonly holdsSecret: (text: string) => boolean;
}

/**
 * Hides the declared secrets. A value found through a pattern (`*`) is also hidden elsewhere in the event unless a
 * contract field contains it, because a list of environment variables also contains the region, for example. New
 * markers are numbered after the existing ones; the redaction rules renumber them all. The detail must be at most
 * `maxWalkableDepth` levels deep.
 */
export function hideDeclared(
  detail: JsonObject,
  { paths, values }: Declarations,
  kept: ReadonlySet<string> = identifying,
): DeclaredHiding {
  if (paths.length === 0 && values.length === 0) return { detail, holdsSecret: () => false };
  const fields = [...contractFieldsOf(detail).values()];
  const places = paths
    .filter((path) => declarable.test(path))
    .map((path) => ({ path, places: placesOf(detail, path) }));
  const learned = places.flatMap(({ path, places }) =>
    learnableOf(places).filter((value) => !isPattern(path) || !fields.some((field) => field.includes(value))),
  );
  const secrets = new DeclaredSecrets([...values.filter((value) => !isMarker(value)), ...learned]);
  const hider = new Hider(
    secrets,
    places.flatMap((found) => found.places),
    detail,
  );
  return { detail: hider.hide(detail, kept), holdsSecret: (text) => secrets.findIn(text).length > 0 };
}

class Hider {
  readonly #secrets: DeclaredSecrets;
  readonly #places = new Map<object, Set<string>>();
  readonly #numbers = new Map<string, number>();
  readonly #firstNumber: number;

  constructor(secrets: DeclaredSecrets, places: readonly Place[], detail: JsonObject) {
    this.#secrets = secrets;
    for (const { holder, key } of places) {
      const keys = this.#places.get(holder) ?? new Set();
      this.#places.set(holder, keys.add(key));
    }
    const numbers = (JSON.stringify(detail).match(markerPattern) ?? []).map((marker) =>
      Number(marker.slice(10, -1)),
    );
    this.#firstNumber = numbers.reduce((most, number) => Math.max(most, number), 0) + 1;
  }

  /** Searches all fields except `kept`, which identify something and keep their values. */
  hide(detail: JsonObject, kept: ReadonlySet<string>): JsonObject {
    return this.#mapMembers(detail, (key, value) => {
      if (key === 'actor' && kept.has(key) && isJsonObject(value)) {
        return this.#mapMembers(value, (inner, child) =>
          inner === 'userAgent' ? this.#hideIn(value, inner, child) : child,
        );
      }
      const isKept = kept.has(key) || key === 'secretPaths' || key === 'redaction';
      return isKept ? value : this.#hideIn(detail, key, value);
    });
  }

  #mapMembers(object: JsonObject, map: (key: string, value: JsonValue) => JsonValue): JsonObject {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(key, value)]));
  }

  #hideIn(holder: object, key: string, value: JsonValue): JsonValue {
    return this.#hideValue(value, this.#places.get(holder)?.has(key) === true);
  }

  #hideValue(value: JsonValue, isPlace: boolean): JsonValue {
    if (value === null || value === '') return value;
    if (typeof value === 'string') return this.#hideText(value, isPlace);
    if (Array.isArray(value)) {
      return value.map((element, index) =>
        this.#hideValue(element, isPlace || this.#places.get(value)?.has(String(index)) === true),
      );
    }
    if (isJsonObject(value)) return this.#hideObject(value, isPlace);
    if (isPlace) return this.#markerFor(String(value));
    return typeof value === 'number' && this.#isSecretNumber(String(value))
      ? this.#markerFor(String(value))
      : value;
  }

  /** A short secret inside a longer number is a coincidence. */
  #isSecretNumber(digits: string): boolean {
    return this.#secrets
      .findIn(digits)
      .some(({ start, end }) => end - start === digits.length || end - start >= certainLength);
  }

  #hideText(text: string, isPlace: boolean): string {
    if (isMarker(text)) return text;
    if (isPlace) return this.#markerFor(text);
    const spans = this.#secrets.findIn(text);
    if (spans.length === 0) return text;
    let result = '';
    let end = 0;
    for (const span of spans) {
      result += text.slice(end, span.start) + this.#markerFor(text.slice(span.start, span.end));
      end = span.end;
    }
    return result + text.slice(end);
  }

  /** Merges members whose keys contain a secret into one, as the redaction rules do. */
  #hideObject(object: JsonObject, isPlace: boolean): JsonObject {
    const declared = this.#places.get(object);
    const hidden = Object.keys(object).filter((key) => this.#secrets.findIn(key).length > 0);
    const kept = hidden.length === 0 ? object : withoutKeys(object, [...hidden, redactedKey]);
    const result = this.#mapMembers(kept, (key, value) =>
      this.#hideValue(value, isPlace || declared?.has(key) === true),
    );
    if (hidden.length === 0) return result;
    const all = [...hidden, redactedKey].sort().filter((key) => Object.hasOwn(object, key));
    return {
      ...result,
      [redactedKey]: this.#markerFor(canonicalize(all.map((key) => [key, object[key]])) ?? ''),
    };
  }

  #markerFor(secret: string): string {
    if (isMarker(secret)) return secret;
    const number = this.#numbers.get(secret) ?? this.#firstNumber + this.#numbers.size;
    this.#numbers.set(secret, number);
    return `[REDACTED:${number}]`;
  }
}

function withoutKeys(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
