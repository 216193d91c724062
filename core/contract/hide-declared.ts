// Hides the secrets that a service declares for an event. It does not depend on the redaction rules, which run
// afterward.

import { DeclaredSecrets } from '../redaction/declared/declared-secrets.ts';
import type { SecretTest } from '../redaction/engine/redact.ts';
import { isMarker, markerPattern, redactedKey } from '../redaction/text/markers.ts';
import { canonicalJson } from '../values/canonical-json.ts';
import { isExactNumber } from '../values/exact-number.ts';
import { depthOf, isJsonObject, type JsonObject, type JsonValue, maxWalkableDepth } from '../values/json.ts';
import type { Declarations } from './declarations.ts';
import { isDeclarable, isPattern, learnableOf, type Place, placesOf } from './declared-places.ts';
import { certainLength, contractFieldsOf, identifying } from './identifying-fields.ts';

/**
 * Replaces each declared secret with a marker. Returns the same object if there are no declarations. A value found
 * through a pattern (`*`) is also hidden elsewhere in the event unless a contract field contains it, because a list of
 * environment variables also contains the region, for example. New markers are numbered after the existing ones; the
 * redaction rules renumber them all. The detail must be at most `maxWalkableDepth` levels deep.
 */
export function hideDeclared(detail: JsonObject, declarations: Declarations): JsonObject {
  if (isEmpty(declarations)) return detail;
  const { places, secrets } = prepare(detail, declarations);
  return new Hider(secrets, places, detail).hide(detail);
}

/**
 * Hides the declared secrets of an event that can violate the contract, so any field and any key can contain one.
 * Keeps the declared paths that contain no secret. The envelope must be at most `maxWalkableDepth` levels deep.
 */
export function hideDeclaredInEvent(
  envelope: JsonObject,
  detail: JsonObject,
  declarations: Declarations,
): JsonObject {
  if (isEmpty(declarations)) return envelope;
  const { places, secrets } = prepare(detail, declarations);
  return new Hider(secrets, places, detail).hideEvent(envelope, detail);
}

/**
 * Returns a test for declared secrets in text that will be shown, such as a key. `detail` can be any value. If it is
 * not an object or is too deep, and paths are declared, every text counts as a secret.
 */
export function declaredSecretTestOf(detail: unknown, declarations: Declarations): SecretTest {
  if (isEmpty(declarations)) return () => false;
  const isReadable = isJsonObject(detail) && depthOf(detail) <= maxWalkableDepth;
  if (!isReadable && declarations.paths.length > 0) return () => true;
  const { secrets } = prepare(isReadable ? (detail as JsonObject) : {}, declarations);
  return (text) => secrets.findIn(text).length > 0;
}

function isEmpty({ paths, values }: Declarations): boolean {
  return paths.length === 0 && values.length === 0;
}

interface Prepared {
  /** The places that the declared paths match. */
  readonly places: readonly Place[];
  /** The declared values, and those at the places. */
  readonly secrets: DeclaredSecrets;
}

function prepare(detail: JsonObject, { paths, values }: Declarations): Prepared {
  const fields = [...contractFieldsOf(detail).values()];
  const found = paths.filter(isDeclarable).map((path) => ({ path, places: placesOf(detail, path) }));
  const learned = found.flatMap(({ path, places }) =>
    learnableOf(places).filter((value) => !isPattern(path) || !fields.some((field) => field.includes(value))),
  );
  const secrets = new DeclaredSecrets([...values.filter((value) => !isMarker(value)), ...learned]);
  return { places: found.flatMap(({ places }) => places), secrets };
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

  /** Searches all fields except those that identify something. */
  hide(detail: JsonObject): JsonObject {
    return this.#mapMembers(detail, (key, value) => {
      if (key === 'actor' && isJsonObject(value)) {
        return this.#mapMembers(value, (inner, child) =>
          inner === 'userAgent' ? this.#hideIn(value, inner, child) : child,
        );
      }
      const isKept = identifying.has(key) || key === 'secretPaths' || key === 'redaction';
      return isKept ? value : this.#hideIn(detail, key, value);
    });
  }

  /** Searches all fields and keys of the envelope and the detail. */
  hideEvent(envelope: JsonObject, detail: JsonObject): JsonObject {
    const { detail: _, ...around } = envelope;
    const { secretPaths, ...fields } = detail;
    const places = this.#places.get(detail);
    if (places !== undefined) this.#places.set(fields, places);
    const hidden = this.#hideObject(fields, false);
    const paths = secretPaths === undefined ? {} : { secretPaths: this.#withoutSecretPaths(secretPaths) };
    return { ...this.#hideObject(around, false), detail: { ...hidden, ...paths } };
  }

  /** Removes the paths that contain a secret as a key. What they match is hidden already. */
  #withoutSecretPaths(paths: JsonValue): JsonValue {
    if (!Array.isArray(paths)) return this.#hideValue(paths, false);
    return paths
      .filter((path) => typeof path !== 'string' || this.#secrets.findIn(path).length === 0)
      .map((path) => (typeof path === 'string' ? path : this.#hideValue(path, false)));
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
    const isExact = isExactNumber(value);
    if (isJsonObject(value) && !isExact) return this.#hideObject(value, isPlace);
    const text = isExact ? value.$number : String(value);
    if (isPlace) return this.#markerFor(text);
    const isNumber = isExact || typeof value === 'number';
    return isNumber && this.#isSecretNumber(text) ? this.#markerFor(text) : value;
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
      [redactedKey]: this.#markerFor(canonicalJson(all.map((key) => [key, object[key]]))),
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
