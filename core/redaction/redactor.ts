// One pass over a JSON value: what is a secret, and why. What becomes of the secrets is the sink's business, so that
// the pass that learns them and the pass that replaces them cannot disagree.
import canonicalize from 'canonicalize';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { isBasicCredential, namesBasicCredential } from './basic-credentials.ts';
import { isOpaque, parseEmbedded } from './embedded-json.ts';
import type { NameMatcher } from './field-names.ts';
import { isMarker, redactedKey, splitAtMarkers } from './markers.ts';
import type { SecretFinder } from './secret-finder.ts';
import { learnInside, type Quotable } from './secrets-inside.ts';
import { mergeSpans, type Span } from './spans.ts';
import { flagOf, holdsSecretNumbers, isHeader, isReference, isWorkspace, pairOf } from './state-forms.ts';

/** What happens to what the pass finds. */
export interface SecretSink {
  /** Replaces a secret. `isNamed`: its name or form shows a credential; else it only stands in a secret place. */
  replace(secret: string, isNamed: boolean): string;
  /** Told of a secret inside one that is replaced whole; only a pass that learns them looks for these. */
  learn?(secret: string): void;
  /** Further stretches of a text that are secret. */
  findKnown(text: string): Span[];
}

/** Why values are secret here: not at all, by name, or by place. */
type Context = 'open' | 'named' | 'place';

/** Stands for any name that shows its value to be a secret. */
const secretName = 'secret';

/** Base64 of SHA-1 to SHA-512. */
const digest = /^(?:[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{86}==)$/;

/** JSON in a string in JSON …, and text encoded in text …, so many times each: deeper ones are secrets in whole. */
const maxEmbeddings = 4;

export class Redactor {
  readonly #finder: SecretFinder;
  readonly #names: NameMatcher;
  readonly #sink: SecretSink;
  /** How often what it looks through was decoded. */
  readonly #decodings: number;

  constructor(finder: SecretFinder, sink: SecretSink, decodings = 0) {
    this.#finder = finder;
    this.#names = finder.names;
    this.#sink = sink;
    this.#decodings = decodings;
  }

  /** The value with its secrets replaced, itself when there are none; `name` is the field that holds it. */
  redact(value: JsonValue, name = '', context: Context = 'open', embeddings = 0): JsonValue {
    if (value === null || value === '') return value;
    const inner = this.#contextOf(value, name, context);
    if (Array.isArray(value)) return this.#redactList(value, inner, embeddings);
    if (isJsonObject(value)) return this.#redactObject(value, inner, embeddings);
    if (inner === 'open') {
      if (typeof value !== 'string' || this.#isDigest(value, name)) return value;
      return this.#redactText(value, embeddings);
    }
    return this.#redactScalar(value, name, inner);
  }

  #isDigest(value: string, name: string): boolean {
    return digest.test(value) && this.#names.isDigest(name) && this.#sink.findKnown(value).length === 0;
  }

  #contextOf(value: JsonValue, name: string, context: Context): Context {
    const isNested = typeof value === 'object';
    if (context === 'place') return 'place';
    // An object of this name is the contract's decision, not a header.
    if (isNested && name === 'authorization') return context;
    if (isNested && this.#names.isPlace(name) && !isWorkspace(name, value)) return 'place';
    if (this.#names.isSecret(name)) return 'named';
    if (typeof value === 'string' && namesBasicCredential(name) && isBasicCredential(value)) return 'named';
    return context === 'named' && !isNested && this.#names.isReadableInside(name) ? 'open' : context;
  }

  #redactScalar(value: string | number | boolean, name: string, context: Context): JsonValue {
    const isNamed = context === 'named' || this.#names.isSecret(name);
    if (typeof value === 'string') {
      if (isReference(value) && this.#staysReference(value)) return this.#redactAroundMarkers(value);
      return this.#hide(value, isNamed, isNamed ? 'always' : 'never');
    }
    if (context === 'named' && (typeof value === 'boolean' || !holdsSecretNumbers(name))) return value;
    return this.#sink.replace(String(value), false);
  }

  /** The name by which to judge a value that labels name elsewhere; `undefined` when they say nothing. */
  #nameBehind(labels: readonly string[]): string | undefined {
    if (labels.some((label) => this.#isSecretLabel(label))) return secretName;
    return labels.find(namesBasicCredential);
  }

  /**
   * Whether a text that names a value elsewhere shows it to be a secret. One that holds a secret itself will read
   * otherwise when it is redacted, so it counts, before and after.
   */
  #isSecretLabel(label: string): boolean {
    return (
      this.#names.isSecret(label) ||
      splitAtMarkers(label).length > 1 ||
      this.#find(label).length > 0 ||
      this.#sink.findKnown(label).length > 0
    );
  }

  #find(text: string): readonly Span[] {
    return this.#finder.find(text, (decoded) => this.#holdsSecret(decoded));
  }

  /** Whether it will be a reference to the next redaction too, once what is secret in it is replaced. */
  #staysReference(value: string): boolean {
    const known = this.#sink.findKnown(value);
    if (known.length === 0 && this.#find(value).length === 0) return true;
    const sink = { replace: () => '[REDACTED:1]', findKnown: (text: string) => this.#sink.findKnown(text) };
    return isReference(new Redactor(this.#finder, sink, this.#decodings).#redactAroundMarkers(value));
  }

  /** Replaces a secret. What is recognisable inside it must not stand elsewhere either. */
  #hide(secret: string, isNamed: boolean, quotable: Quotable): string {
    const { learn } = this.#sink;
    if (learn) {
      const find = (text: string) => this.#find(text);
      const read = (text: string, named: boolean) => this.#lookThrough(text, named ? secretName : '', learn);
      learnInside(secret, quotable, { learn, find, read });
    }
    return this.#sink.replace(secret, isNamed);
  }

  #redactObject(object: JsonObject, context: Context, embeddings: number): JsonObject {
    const pair = pairOf(object, this.#names);
    const named =
      pair && context === 'open'
        ? this.#nameBehind(pair.nameKeys.map((key) => String(object[key])))
        : undefined;
    const isSecretObject = object.kind === 'Secret';
    const folded = this.#foldCredentialKeys(object);
    const redactMember = (key: string, value: JsonValue): JsonValue => {
      if (key === redactedKey && typeof value === 'string') return this.#sink.replace(value, false);
      if (named !== undefined && pair?.valueKeys.includes(key)) {
        return this.redact(value, named, context, embeddings);
      }
      if (isSecretObject && (key === 'data' || key === 'stringData')) {
        return this.redact(value, secretName, 'place', embeddings);
      }
      const isLabel = context === 'place' && pair?.nameKeys[0] === key;
      return this.redact(value, key, isLabel ? 'open' : context, embeddings);
    };
    // Numbers follow the sorted keys; the object keeps its own order.
    const changed = new Map<string, JsonValue>();
    for (const key of Object.keys(folded).sort()) {
      const value = folded[key] as JsonValue;
      const redacted = redactMember(key, value);
      if (redacted !== value) changed.set(key, redacted);
    }
    if (changed.size === 0) return folded;
    return Object.fromEntries(Object.entries(folded).map(([key, value]) => [key, changed.get(key) ?? value]));
  }

  /** Members whose keys are credentials become one member, whose value stands for them all. */
  #foldCredentialKeys(object: JsonObject): JsonObject {
    const isCredential = (key: string) => this.#find(key).length > 0 || this.#sink.findKnown(key).length > 0;
    const credentials = Object.keys(object).filter(isCredential);
    if (credentials.length === 0) return object;
    if (this.#sink.learn) {
      // The members themselves are looked through: what stands there must not stand elsewhere.
      for (const key of credentials) this.#sink.replace(key, false);
      return object;
    }
    const hidden = [...credentials, redactedKey].sort().filter((key) => Object.hasOwn(object, key));
    const isHidden = new Set(hidden);
    const kept = Object.entries(object).filter(([key]) => !isHidden.has(key));
    const all = canonicalize(hidden.map((key) => [key, object[key]])) ?? '';
    return Object.fromEntries([...kept, [redactedKey, all]]);
  }

  #redactList(list: JsonValue[], context: Context, embeddings: number): JsonValue[] {
    const redacted = list.map((element, index) => {
      if (typeof element === 'string' && context === 'place') return this.#redactPlaceLine(element);
      const named = context === 'open' && isHeader(element) ? this.#nameBehind([element[0]]) : undefined;
      if (named !== undefined && isHeader(element)) {
        const [label, value] = element;
        return [this.redact(label), this.redact(value, named, context, embeddings)];
      }
      const flag = index > 0 ? flagOf(list[index - 1]) : undefined;
      return this.redact(
        element,
        flag === undefined || typeof element === 'object' ? '' : flag,
        context,
        embeddings,
      );
    });
    return redacted.some((element, index) => element !== list[index]) ? redacted : list;
  }

  /** A line `NAME=value` of a list of environment variables keeps its name. */
  #redactPlaceLine(line: string): string {
    if (line === '') return line;
    const [, assigned, value] = /^([A-Za-z_][\w.-]*=)([\s\S]*)$/.exec(line) ?? [];
    if (assigned === undefined || value === undefined) return String(this.#redactScalar(line, '', 'place'));
    return value === '' ? line : assigned + String(this.#redactScalar(value, assigned.slice(0, -1), 'place'));
  }

  #redactText(text: string, embeddings: number): string {
    // Neither JSON nor a marker is remembered as harmless.
    if (this.#finder.isHarmless(text)) {
      return this.#sink.findKnown(text).length === 0 ? text : this.#redactPart(text);
    }
    const embedded = parseEmbedded(text);
    if (embedded !== undefined) {
      if (embeddings >= maxEmbeddings || isOpaque(text, embedded)) return this.#hide(text, true, 'never');
      const redacted = this.redact(embedded, '', 'open', embeddings + 1);
      const compact = JSON.stringify(embedded);
      const result = JSON.stringify(redacted);
      return result === compact ? text : result;
    }
    return this.#redactAroundMarkers(text);
  }

  #redactAroundMarkers(text: string): string {
    const parts = splitAtMarkers(text);
    if (parts.length === 1) return this.#redactPart(text);
    return parts
      .map((part) => (isMarker(part) ? this.#sink.replace(part, false) : this.#redactPart(part)))
      .join('');
  }

  /** Whether text that stood encoded in another quotes a known secret, or is JSON whose names show one. */
  #holdsSecret(decoded: string): boolean {
    if (this.#sink.findKnown(decoded).length > 0) return true;
    if (parseEmbedded(decoded) === undefined) return false;
    return this.#decodings >= maxEmbeddings || this.#lookThrough(decoded, '');
  }

  /** Whether text that stood encoded in another holds a secret, as far as such text is read; `learn` is told which. */
  #lookThrough(decoded: string, name: string, learn?: (secret: string) => void): boolean {
    if (this.#decodings >= maxEmbeddings) return false;
    let found = false;
    const replace = (secret: string, isNamed: boolean) => {
      found = true;
      if (isNamed) learn?.(secret);
      return secret;
    };
    const findKnown = (text: string) => this.#sink.findKnown(text);
    const sink = { replace, findKnown, ...(learn && { learn }) };
    new Redactor(this.#finder, sink, this.#decodings + 1).redact(decoded, name, 'open', this.#decodings);
    return found;
  }

  /** Replaces what is secret in a text without markers; what is left is looked at again, as it will be by the next. */
  #redactPart(text: string): string {
    const found = this.#find(text);
    const known = this.#sink.findKnown(text);
    if (found.length + known.length === 0) return text;
    const spans = mergeSpans([...found, ...known]);
    let result = '';
    let end = 0;
    for (const span of spans) {
      result += this.#redactPart(text.slice(end, span.start));
      result += this.#hide(text.slice(span.start, span.end), true, 'unless it holds one');
      end = span.end;
    }
    return result + this.#redactPart(text.slice(end));
  }
}
