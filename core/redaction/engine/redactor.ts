// One pass over a JSON value, which finds the secrets and why they are secrets. The sink replaces or learns them.
import { canonicalJson } from '../../values/canonical-json.ts';
import { isExactNumber } from '../../values/exact-number.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.ts';
import { isSmallNumber, isState } from '../detectors/allowlist.ts';
import { namesBasicCredential } from '../detectors/basic-credentials.ts';
import { publicKeyMembers, secretKeyMembers } from '../detectors/code-values.ts';
import { holdsVariables, linesOf, readVariable } from '../detectors/environment-variables.ts';
import type { NameMatcher } from '../detectors/name-matcher.ts';
import {
  flagBefore,
  isAccessKeyId,
  isConnectionUrl,
  isHeader,
  isJsonWebKey,
  isKeyAlias,
  isNameOfReference,
  isRandomId,
  type Pair,
  pairOf,
} from '../detectors/state-patterns.ts';
import { isExact, isOpaque, parseEmbedded } from '../encodings/embedded-json.ts';
import { type KnownMember, knownMembersOf, makesKnown } from '../known/known-fields.ts';
import { redactedKey } from '../text/markers.ts';
import { AnswerCache, type Answers } from './answer-cache.ts';
import type { SecretFinder } from './secret-finder.ts';
import type { SecretSink } from './secret-sink.ts';
import { maxEmbeddings, TextRedactor } from './text-redactor.ts';
import { type Context, contextOf, holdsSecretNumbers, open, place } from './value-context.ts';

/** Used in place of any name of a secret. */
const secretName = 'secret';

/** Used in place of any field that is known to contain a secret. */
const knownName = 'masterUserPassword';

/** A shorter value does not look like a secret. */
const minShownLength = 16;

/** Base64 of SHA-1, SHA-256, SHA-384, and SHA-512. */
const digestsByLength: Readonly<Record<number, RegExp>> = {
  28: /^[A-Za-z0-9+/]+=$/,
  44: /^[A-Za-z0-9+/]+=$/,
  64: /^[A-Za-z0-9+/]+$/,
  88: /^[A-Za-z0-9+/]+==$/,
};

function isDigest(value: string): boolean {
  return digestsByLength[value.length]?.test(value) === true;
}

/** Redacts only to see whether anything would be replaced. */
interface Probe {
  readonly redactor: Redactor;
  hasReplaced: boolean;
  readonly answers: Map<string, Answers>;
}

export class Redactor {
  readonly #finder: SecretFinder;
  readonly #names: NameMatcher;
  readonly #sink: SecretSink;
  readonly #texts: TextRedactor;
  /** How many times what it reads was decoded. */
  readonly #decodings: number;
  /** Shared by all redactors of one pass, whose sinks know the same secrets. */
  readonly #answers: AnswerCache;
  #probe: Probe | undefined;

  constructor(finder: SecretFinder, sink: SecretSink, decodings = 0, answers = new AnswerCache()) {
    this.#finder = finder;
    this.#names = finder.names;
    this.#sink = sink;
    this.#decodings = decodings;
    this.#answers = answers;
    this.#texts = new TextRedactor(finder, sink, decodings, answers, (decoded, isNamed, inner, depth) => {
      new Redactor(finder, inner, depth, answers).redact(decoded, isNamed ? secretName : '', open, decodings);
    });
  }

  /** Returns the value with its secrets replaced, or the same value when there are none; `name` is its field. */
  redact(value: JsonValue, name = '', outer: Context = open, embeddings = 0): JsonValue {
    if (value === null || value === '') return value;
    if (typeof value === 'string' && outer.why !== 'place' && this.#isVariables(value, name)) {
      return this.#redactVariables(value, name, embeddings);
    }
    const context = contextOf(isExactNumber(value) ? Number(value.$number) : value, name, outer, this.#names);
    if (Array.isArray(value)) return this.#redactList(value, context, embeddings);
    if (isJsonObject(value) && !isExactNumber(value)) return this.#redactObject(value, context, embeddings);
    if (context.why === 'open') {
      return typeof value === 'string' ? this.#redactText(value, name, embeddings) : value;
    }
    return this.#redactScalar(value, name, context);
  }

  /** Whether redaction would replace anything in a text, or in `value` if the text is JSON of it. */
  wouldReplace(text: string, value: JsonValue = text, context = open, embeddings = 0): boolean {
    const kind = value === text ? 'text' : 'json';
    const question = `${kind} ${context.why} ${embeddings}`;
    this.#probe ??= this.#createProbe();
    const probe = this.#probe;
    let answers = probe.answers.get(question);
    if (answers === undefined) {
      answers = this.#answers.about(`${question} ${this.#decodings}`);
      probe.answers.set(question, answers);
    }
    return answers.answer(text, () => {
      probe.hasReplaced = false;
      probe.redactor.redact(value, '', context, embeddings);
      return probe.hasReplaced;
    });
  }

  #createProbe(): Probe {
    const replace = (secret: string) => {
      probe.hasReplaced = true;
      return secret;
    };
    const sink = { replace, findKnown: this.#sink.findKnown };
    const redactor = new Redactor(this.#finder, sink, this.#decodings, this.#answers);
    const probe: Probe = { redactor, hasReplaced: false, answers: new Map() };
    return probe;
  }

  /** Whether the name says that a value is a digest or an id, although its form could be that of a secret. */
  #isShownByName(value: string, name: string): boolean {
    if (value.length < minShownLength) return false;
    const isShown =
      (isDigest(value) && this.#names.isDigest(name)) ||
      isAccessKeyId(name, value) ||
      isRandomId(name, value);
    return isShown && this.#sink.findKnown(value).length === 0;
  }

  #redactScalar(value: string | number | boolean | JsonObject, name: string, context: Context): JsonValue {
    const isNamed = context.why === 'named' || this.#names.isSecret(name);
    if (typeof value === 'string') {
      if (this.#texts.isLastingReference(value)) return this.#texts.redact(value);
      if (context.why === 'named' && context.isKnown !== true && this.#isHarmless(value, name)) return value;
      return this.#texts.hide(value, isNamed, isNamed ? 'always' : 'never');
    }
    const text = isExactNumber(value) ? value.$number : String(value);
    if (context.why === 'named') {
      if (context.isKnown !== true && this.#isSmallNumber(text, name)) return value;
      const isSecretNumber = context.holdsNumbers === true || holdsSecretNumbers(name);
      if (typeof value === 'boolean' || !isSecretNumber) return value;
    }
    return this.#sink.replace(text, false);
  }

  #isHarmless(value: string, name: string): boolean {
    if (isState(value) || this.#isSmallNumber(value, name)) return true;
    const isShown = isConnectionUrl(name, value) || isKeyAlias(name, value);
    return isShown && !this.#texts.holdsSecret(value);
  }

  #isSmallNumber(value: string, name: string): boolean {
    return this.#names.isSecret(name) && isSmallNumber(name, value);
  }

  /** The name by which to judge a value with labels beside it; `undefined` when they say nothing. */
  #nameBehind(labels: readonly string[], embeddings: number): string | undefined {
    if (labels.some((label) => this.#names.isKnown(label))) return knownName;
    if (labels.some((label) => this.#isSecretLabel(label, embeddings))) return secretName;
    return labels.find(namesBasicCredential);
  }

  /**
   * Whether a label is the name of a secret. A label that contains a secret counts too, because it differs after
   * redaction, and the answer must not.
   */
  #isSecretLabel(label: string, embeddings: number): boolean {
    return this.#names.isSecret(label) || this.wouldReplace(label, label, open, embeddings);
  }

  #nameOf(pair: Pair, object: JsonObject, embeddings: number): string | undefined {
    const labels = pair.nameKeys.map((key) => String(object[key]));
    return this.#nameBehind(labels, embeddings);
  }

  /** In a place of secrets, only the elements of a list, each of them a pair, show the names of their values. */
  #redactObject(object: JsonObject, context: Context, embeddings: number, isListed = false): JsonObject {
    const keys = Object.keys(object).sort();
    const pair = pairOf(object, keys, this.#names);
    const named =
      pair && (context.why === 'open' || isListed) ? this.#nameOf(pair, object, embeddings) : undefined;
    const isSecretObject = object.kind === 'Secret';
    const isKey = isJsonWebKey(object);
    const folded = this.#foldCredentialKeys(object, keys);
    const known = this.#knownMembersOf(object, keys, context);
    const redactMember = (key: string, value: JsonValue): JsonValue => {
      if (key === redactedKey && typeof value === 'string') return this.#sink.replace(value, false);
      const member = known?.get(key);
      if (member === 'secret') return this.redact(value, knownName, context, embeddings);
      if (member === 'reference') return this.redact(value, '', open, embeddings);
      if (named !== undefined && pair?.valueKeys.includes(key)) {
        return this.redact(value, named, context, embeddings);
      }
      if (isSecretObject && (key === 'data' || key === 'stringData')) {
        return this.redact(value, secretName, place, embeddings);
      }
      if (isKey && typeof value === 'string' && context.why === 'open') {
        if (secretKeyMembers.has(key)) return this.redact(value, secretName, context, embeddings);
        if (publicKeyMembers.has(key) && this.#sink.findKnown(value).length === 0) return value;
      }
      const isLabel = isListed && (pair?.nameKeys[0] === key || isNameOfReference(key, object));
      return this.redact(value, key, isLabel ? open : context, embeddings);
    };
    // Numbers follow the sorted keys; the object keeps its own order.
    const changed = new Map<string, JsonValue>();
    for (const key of folded === object ? keys : Object.keys(folded).sort()) {
      const value = folded[key] as JsonValue;
      const redacted = redactMember(key, value);
      if (redacted !== value) changed.set(key, redacted);
    }
    if (changed.size === 0) return folded;
    return Object.fromEntries(Object.entries(folded).map(([key, value]) => [key, changed.get(key) ?? value]));
  }

  /** The members that are known because of what they are inside or beside; `undefined` for most objects. */
  #knownMembersOf(
    object: JsonObject,
    keys: readonly string[],
    { knownInside }: Context,
  ): ReadonlyMap<string, KnownMember> | undefined {
    const isShown = (text: string) => this.#sink.findKnown(text).length === 0;
    if (knownInside !== undefined) return knownMembersOf(object, knownInside, isShown);
    for (const key of keys) {
      if (this.#names.isCompanion(key) && makesKnown(key, object[key]))
        return knownMembersOf(object, undefined, isShown);
    }
    return undefined;
  }

  /**
   * Replaces the members whose keys are credentials with one member, whose value is a marker. The decoding budget covers
   * the sorted keys in their order.
   */
  #foldCredentialKeys(object: JsonObject, keys: readonly string[]): JsonObject {
    const credentials = keys.filter((key) => this.#texts.holdsSecret(key));
    if (credentials.length === 0) return object;
    if (this.#sink.learn) {
      // The members themselves are searched: their secrets must not be readable elsewhere.
      for (const key of credentials) this.#sink.replace(key, false);
      return object;
    }
    const hidden = [...credentials, redactedKey].sort().filter((key) => Object.hasOwn(object, key));
    const isHidden = new Set(hidden);
    const kept = Object.entries(object).filter(([key]) => !isHidden.has(key));
    const all = canonicalJson(hidden.map((key) => [key, object[key]]));
    return Object.fromEntries([...kept, [redactedKey, all]]);
  }

  #redactList(list: JsonValue[], context: Context, embeddings: number): JsonValue[] {
    const redacted = list.map((element, index) => {
      if (typeof element === 'string' && context.why === 'place') return this.#redactVariable(element);
      const header = context.why === 'open' && isHeader(element) ? element : undefined;
      const named = header && this.#nameBehind([header[0]], embeddings);
      if (header && named !== undefined) {
        const [label, value] = header;
        return [this.redact(label, '', open, embeddings), this.redact(value, named, context, embeddings)];
      }
      if (isJsonObject(element) && context.why === 'place' && !isExactNumber(element)) {
        return this.#redactObject(element, context, embeddings, true);
      }
      return this.redact(element, flagBefore(element, list[index - 1]) ?? '', context, embeddings);
    });
    return redacted.some((element, index) => element !== list[index]) ? redacted : list;
  }

  #isVariables(text: string, name: string): boolean {
    return this.#names.isPlace(name) && holdsVariables(name, text);
  }

  /**
   * Variables in one text, as JSON or one a line, keep their names. If no name stays that identifies them as variables,
   * the text is hidden as a whole: the next redaction must not read its rest in another way.
   */
  #redactVariables(text: string, placeName: string, embeddings: number): string {
    const embedded = parseEmbedded(text);
    if (embedded !== undefined) return this.#redactEmbedded(text, embedded, place, embeddings);
    if (!holdsVariables(placeName, text, (name) => !this.wouldReplace(name))) {
      return this.#texts.hide(text, true, 'never');
    }
    return linesOf(text)
      .map((line) => this.#redactVariable(line))
      .join('');
  }

  #redactVariable(line: string): string {
    if (line.trim() === '') return line;
    const variable = readVariable(line);
    if (variable === undefined || this.wouldReplace(variable.name)) {
      return String(this.#redactScalar(line, '', place));
    }
    const { before, name, value } = variable;
    return value.trim() === '' ? line : before + String(this.#redactScalar(value, name, place));
  }

  #redactText(text: string, name: string, embeddings: number): string {
    // Neither JSON nor a marker is remembered as harmless.
    if (this.#finder.isHarmless(text)) {
      return this.#sink.findKnown(text).length === 0 ? text : this.#texts.redact(text);
    }
    if (this.#isShownByName(text, name)) return text;
    const embedded = parseEmbedded(text);
    return embedded === undefined
      ? this.#texts.redact(text)
      : this.#redactEmbedded(text, embedded, open, embeddings);
  }

  /**
   * JSON in a text is written again when anything in it is replaced. If that would change a number, all of it is
   * hidden.
   */
  #redactEmbedded(text: string, json: JsonValue, context: Context, embeddings: number): string {
    const isLost = () => !isExact(text) && this.wouldReplace(text, json, context, embeddings + 1);
    if (embeddings >= maxEmbeddings || isOpaque(text, json) || isLost())
      return this.#texts.hide(text, true, 'never');
    const redacted = JSON.stringify(this.redact(json, '', context, embeddings + 1));
    return redacted === JSON.stringify(json) ? text : redacted;
  }
}
