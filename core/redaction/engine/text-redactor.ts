// Replaces the secrets in plain text, and searches what it replaces and what is encoded in it. Another pass reads
// decoded JSON and text.
import type { JsonValue } from '../../values/json.ts';
import type { FoundSpan } from '../detectors/detectors.ts';
import { isReference } from '../detectors/state-patterns.ts';
import { parseEmbedded } from '../encodings/embedded-json.ts';
import { isMarker, splitAtMarkers } from '../text/markers.ts';
import { mergeSpans } from '../text/spans.ts';
import type { AnswerCache, Answers } from './answer-cache.ts';
import { learnDecoded, type Quotable } from './decoded-secrets.ts';
import type { SecretFinder } from './secret-finder.ts';
import type { SecretSink } from './secret-sink.ts';

/**
 * Levels of text encoded in text, and of JSON in a string in JSON, that are read. Deeper ones are secrets as a whole.
 */
export const maxEmbeddings = 4;

/**
 * What is left of a text is searched again this many times; text that then still shows a secret is a secret as a
 * whole.
 */
const maxRounds = 8;

/** Further rounds count toward the decoding budget. One costs no more than the first search, and most texts need it. */
const freeRounds = 1;

/** Passes what was decoded `decodings` times through a redaction with this sink. */
export type ReadDecoded = (decoded: JsonValue, isNamed: boolean, sink: SecretSink, decodings: number) => void;

export class TextRedactor {
  readonly #finder: SecretFinder;
  readonly #sink: SecretSink;
  /** How many times the text that it reads was decoded. */
  readonly #decodings: number;
  readonly #answers: AnswerCache;
  readonly #readDecoded: ReadDecoded;
  readonly #learned = new Map<Quotable, Answers>();
  #decoded: Answers | undefined;

  constructor(
    finder: SecretFinder,
    sink: SecretSink,
    decodings: number,
    answers: AnswerCache,
    readDecoded: ReadDecoded,
  ) {
    this.#finder = finder;
    this.#sink = sink;
    this.#decodings = decodings;
    this.#answers = answers;
    this.#readDecoded = readDecoded;
  }

  /** Returns the text with its secrets replaced. Its markers go to the sink. */
  redact(text: string): string {
    const parts = splitAtMarkers(text);
    if (parts.length === 1) return this.#redactPart(text);
    return parts
      .map((part) => (isMarker(part) ? this.#sink.replace(part, false) : this.#redactPart(part)))
      .join('');
  }

  /** Whether the text contains a secret, by its form or known from elsewhere. */
  holdsSecret(text: string): boolean {
    return this.#find(text).length > 0 || this.#sink.findKnown(text).length > 0;
  }

  /** Replaces a text that is a secret as a whole. What a learning pass recognizes inside it is hidden elsewhere too. */
  hide(secret: string, isNamed: boolean, quotable: Quotable): string {
    // Wherever it is, it is refused again, so nothing has to be learned.
    if (this.#finder.isRefused(secret)) return this.#sink.replace(secret, false);
    const { learn } = this.#sink;
    if (learn) {
      this.#answersAboutLearning(quotable).answer(secret, () => {
        this.#learnFrom(secret, quotable, learn);
        return true;
      });
    }
    return this.#sink.replace(secret, isNamed);
  }

  #answersAboutLearning(quotable: Quotable): Answers {
    const known = this.#learned.get(quotable);
    if (known !== undefined) return known;
    const answers = this.#answers.about(`learn ${quotable} ${this.#decodings}`);
    this.#learned.set(quotable, answers);
    return answers;
  }

  #learnFrom(secret: string, quotable: Quotable, learn: (secret: string) => void): void {
    learnDecoded(secret, quotable, {
      learn,
      find: (text) => this.#find(text),
      encodingsIn: (text) =>
        this.#finder.encodingsIn(text).filter(({ decoded }) => this.#finder.budget.allows(decoded)),
      read: (value, isNamed) => {
        const read = () => this.#lookThrough(value, isNamed, learn);
        if (typeof value !== 'string') return read();
        return this.#answers.about(`read ${isNamed} ${this.#decodings}`).answer(value, read);
      },
    });
  }

  /** Whether it is a reference, and still is one for the next redaction, when its secrets are replaced. */
  isLastingReference(value: string): boolean {
    if (!isReference(value) || !this.holdsSecret(value)) return isReference(value);
    const sink = { replace: () => '[REDACTED:1]', findKnown: this.#sink.findKnown };
    return isReference(
      new TextRedactor(this.#finder, sink, this.#decodings, this.#answers, this.#readDecoded).redact(value),
    );
  }

  #learnParts(text: string, found: readonly FoundSpan[]): void {
    for (const { parts = [] } of this.#sink.learn ? found : []) {
      for (const { start, end } of parts) this.#sink.learn?.(text.slice(start, end));
    }
  }

  #find(text: string): readonly FoundSpan[] {
    return this.#finder.find(text, (decoded) => {
      this.#decoded ??= this.#answers.about(`decoded ${this.#decodings}`);
      return this.#decoded.answer(decoded, () => this.#holdsDecoded(decoded));
    });
  }

  /** Whether decoded text contains a known secret, or is JSON with the name of one. */
  #holdsDecoded(decoded: string): boolean {
    if (this.#sink.findKnown(decoded).length > 0) return true;
    if (parseEmbedded(decoded) === undefined) return false;
    return this.#decodings >= maxEmbeddings || this.#lookThrough(decoded, false);
  }

  /** Whether decoded text or JSON contains a secret, as far as it is read; `learn` receives them. */
  #lookThrough(decoded: JsonValue, isNamed: boolean, learn?: (secret: string) => void): boolean {
    if (this.#decodings >= maxEmbeddings) return false;
    let found = false;
    const replace = (secret: string, named: boolean) => {
      found = true;
      if (named) learn?.(secret);
      return secret;
    };
    const sink = { replace, findKnown: this.#sink.findKnown, ...(learn && { learn }) };
    this.#readDecoded(decoded, isNamed, sink, this.#decodings + 1);
    return found;
  }

  /** Replaces the secrets in a text without markers. The rest is searched again, as the next redaction will do. */
  #redactPart(text: string, round = 0): string {
    const found = this.#find(text);
    const spans = mergeSpans([...found, ...this.#sink.findKnown(text)]);
    this.#learnParts(text, found);
    if (spans.length === 0) return text;
    const isCovered = round <= freeRounds || this.#finder.budget.allows(text);
    if (round === maxRounds || !isCovered) return this.hide(text, true, 'unless it holds one');
    let result = '';
    let end = 0;
    for (const span of spans) {
      result += this.#redactPart(text.slice(end, span.start), round + 1);
      result += this.hide(text.slice(span.start, span.end), true, 'unless it holds one');
      end = span.end;
    }
    return result + this.#redactPart(text.slice(end), round + 1);
  }
}
