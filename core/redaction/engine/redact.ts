// Redaction: decides what in an event is a secret. The emitter runs it first, and the recorder always. It keeps
// nothing that is derived from a secret.
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.ts';
import { MarkerNumbers } from '../text/markers.ts';
import { KnownSecrets } from './known-secrets.ts';
import { Redactor } from './redactor.ts';
import { currentRules, type RedactionRules } from './rules.ts';
import { SecretFinder } from './secret-finder.ts';
import type { SecretSink } from './secret-sink.ts';

export { redactionVersion } from './rule-version.ts';
export { currentRules, type RedactionRules } from './rules.ts';

/** How a member of a document is redacted: not at all, by its own content, or also by secrets known from elsewhere. */
export type Treatment = 'keep' | 'redact' | 'redact-quotes';

/**
 * Replaces each distinct secret of a document with a numbered marker, in the canonical order (RFC 8785) of the
 * document. Repeating it changes nothing. `treatmentOf` decides for each member, and for each member of the object
 * `nested`.
 */
export function redactMembers(
  document: JsonObject,
  nested: string,
  treatmentOf: (key: string) => Treatment,
  rules: RedactionRules,
): JsonObject {
  const finder = new SecretFinder(rules);
  const known = learnSecrets(document, finder);
  if (known === undefined) return document;
  const markers = new MarkerNumbers();
  const quotes = new Redactor(finder, replacing(markers, known));
  const plain = new Redactor(finder, replacing(markers, new KnownSecrets()));
  const redactMember = (key: string, value: JsonValue) => {
    const treatment = treatmentOf(key);
    if (treatment === 'keep') return value;
    return (treatment === 'redact-quotes' ? quotes : plain).redact(value, key);
  };
  return mapMembers(document, (key, value) =>
    key === nested && isJsonObject(value) ? mapMembers(value, redactMember) : redactMember(key, value),
  );
}

/** Replaces each member's value, in canonical order. */
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
 * Replaces the secrets in any JSON with markers, for example in an event that breaks the contract. The value must be at
 * most `maxWalkableDepth` deep.
 */
export function redactValue(value: unknown, rules: RedactionRules = currentRules): JsonValue {
  const finder = new SecretFinder(rules);
  const known = learnSecrets(value as JsonValue, finder);
  if (known === undefined) return value as JsonValue;
  return new Redactor(finder, replacing(new MarkerNumbers(), known)).redact(value as JsonValue);
}

/** Whether a text contains a secret. */
export type SecretTest = (text: string) => boolean;

/** Whether the text contains a secret, by its form or by a name before it. */
export const containsSecret: SecretTest = (text) => secretTestOf(null)(text);

/**
 * A test for texts that are to be shown of a value, such as its keys: whether they contain a secret by its form, by a
 * name before it, or known from elsewhere in the value. The value must be at most `maxWalkableDepth` deep.
 */
export function secretTestOf(value: unknown): SecretTest {
  const finder = new SecretFinder(currentRules);
  const known = learnSecrets(value as JsonValue, finder) ?? new KnownSecrets();
  const redactor = new Redactor(finder, replacing(new MarkerNumbers(), known));
  return (text) => redactor.wouldReplace(text);
}

/** A first pass that changes nothing and remembers the secrets; `undefined` when there is nothing to replace. */
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
