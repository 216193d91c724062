// Redaction: the one function that decides what of an event is a secret. The emitter runs it first, the recorder
// always; it keeps nothing that was derived from a secret.
import type { EventDetail } from '../event.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { KnownSecrets } from './known-secrets.ts';
import { MarkerNumbers } from './markers.ts';
import { Redactor } from './redactor.ts';
import { currentRules, type RedactionRules } from './rules.ts';
import { SecretFinder } from './secret-finder.ts';
import type { SecretSink } from './secret-sink.ts';

export { currentRules, type RedactionRules, redactionVersion } from './rules.ts';

/** Contract fields that make identity, keys or meaning; the contract allows no secret in them. */
const untouched = new Set([
  'specVersion',
  'eventId',
  'occurredAt',
  'organizationId',
  'accountId',
  'region',
  'redaction',
]);

/** Contract fields that a known secret may be quoted in; elsewhere it could only coincide with a name. */
const quoting = new Set(['before', 'after', 'reason', 'userAgent']);

/**
 * The detail with each distinct secret replaced by a numbered marker, numbers in canonical order (RFC 8785) of
 * the whole detail. Repeating it changes nothing. The detail must keep the contract.
 */
export function redactDetail(detail: EventDetail, rules: RedactionRules = currentRules): EventDetail {
  const object = detail as unknown as JsonObject;
  const finder = SecretFinder.of(rules);
  const known = learnSecrets(object, finder);
  if (known === undefined) return detail;
  const markers = new MarkerNumbers();
  const quotes = new Redactor(finder, replacing(markers, known));
  const plain = new Redactor(finder, replacing(markers, new KnownSecrets()));
  const redactField = (key: string, value: JsonValue) =>
    untouched.has(key) ? value : (quoting.has(key) ? quotes : plain).redact(value, key);
  const redacted = mapMembers(object, (key, value) =>
    key === 'actor' && isJsonObject(value) ? mapMembers(value, redactField) : redactField(key, value),
  );
  return redacted as unknown as EventDetail;
}

/** The object with each member's value replaced, in canonical order. */
function mapMembers(object: JsonObject, replace: (key: string, value: JsonValue) => JsonValue): JsonObject {
  const keys = Object.keys(object).sort();
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = object[key];
      return value === undefined ? [] : [[key, replace(key, value)]];
    }),
  );
}

/**
 * Any JSON with its secrets replaced by markers, such as an event that breaks the contract. At most
 * `maxWalkableDepth` deep.
 */
export function redactValue(value: unknown, rules: RedactionRules = currentRules): JsonValue {
  const finder = SecretFinder.of(rules);
  const known = learnSecrets(value as JsonValue, finder);
  if (known === undefined) return value as JsonValue;
  return new Redactor(finder, replacing(new MarkerNumbers(), known)).redact(value as JsonValue);
}

/** Tells whether a secret stands in a text. */
export type SecretTest = (text: string) => boolean;

/** Whether a secret stands in the text, by its form or by a name before it. */
export const containsSecret: SecretTest = (text) => secretTestOf(null)(text);

/**
 * Tells of texts that are to be shown of a value, such as its keys, whether a secret stands in them: by form, by a name
 * before it, or known from elsewhere in the value. The value must be at most `maxWalkableDepth` deep.
 */
export function secretTestOf(value: unknown): SecretTest {
  const finder = SecretFinder.of(currentRules);
  const known = learnSecrets(value as JsonValue, finder) ?? new KnownSecrets();
  const redactor = new Redactor(finder, replacing(new MarkerNumbers(), known));
  return (text) => redactor.wouldReplace(text);
}

/** A first pass that changes nothing and remembers what was recognised; `undefined` when there is nothing to replace. */
function learnSecrets(value: JsonValue, finder: SecretFinder): KnownSecrets | undefined {
  const known = new KnownSecrets();
  let found = false;
  const learning: SecretSink = {
    replace: (secret, isNamed) => {
      found = true;
      if (isNamed) known.add(secret);
      return secret;
    },
    learn: (secret) => known.add(secret),
    findKnown: () => [],
  };
  new Redactor(finder, learning).redact(value);
  return found ? known : undefined;
}

function replacing(markers: MarkerNumbers, known: KnownSecrets): SecretSink {
  return {
    replace: (secret) => markers.markerFor(secret),
    findKnown: (text) => known.findIn(text),
  };
}
