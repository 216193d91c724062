// Finds the secrets in the texts of one event by the rules. Each text is searched and decoded once, and decoding has a
// budget. Which of the secrets are known from elsewhere in the event is not decided here.
import { type FoundSpan, runDetectors } from '../detectors/detectors.ts';
import { NameMatcher } from '../detectors/name-matcher.ts';
import { type Encoding, findEncodings } from '../encodings/encoded-text.ts';
import { mergeSpans } from '../text/spans.ts';
import { AnswerCache } from './answer-cache.ts';
import { DecodingBudget } from './decoding-budget.ts';
import type { RedactionRules } from './rules.ts';

/** The texts remembered as harmless between events, and their maximum length: about 4 MB in all. */
const maxRemembered = 20_000;
const maxRememberedLength = 200;

/** Encodings around each other that are read. Text that is encoded more deeply is a secret as a whole. */
const maxDecodings = 4;

/** Texts that are never remembered as harmless: JSON is read, and markers are counted. */
const canBeJsonOrMarker = /[}\]"]/;

/** Detectors and decoders find nothing in a text of this length with only these characters, and it is no JSON. */
const maxPlainLength = 11;
const isPlain = Uint8Array.from({ length: 128 }, (_, code) =>
  /[!-~]/.test(String.fromCharCode(code)) && !/[=:"}\]]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isShortAndPlain(text: string): boolean {
  if (text.length > maxPlainLength) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 127 || isPlain[code] === 0) return false;
  }
  return true;
}

const nothing: readonly FoundSpan[] = [];

/** What stays from one event to the next: the name matcher, and short texts without a secret, because they repeat. */
class PreparedRules {
  static readonly #prepared = new WeakMap<RedactionRules, PreparedRules>();

  static of(rules: RedactionRules): PreparedRules {
    const known = PreparedRules.#prepared.get(rules);
    if (known) return known;
    const prepared = new PreparedRules(rules);
    PreparedRules.#prepared.set(rules, prepared);
    return prepared;
  }

  readonly names: NameMatcher;
  readonly #harmlessTexts = new Set<string>();

  private constructor(rules: RedactionRules) {
    this.names = new NameMatcher(rules.names);
  }

  isHarmless(text: string): boolean {
    return isShortAndPlain(text) || this.#harmlessTexts.has(text);
  }

  rememberHarmless(text: string): void {
    if (this.#harmlessTexts.size >= maxRemembered) this.#harmlessTexts.clear();
    this.#harmlessTexts.add(text);
  }
}

/** What a text contains by itself. */
interface Reading {
  readonly detected: readonly FoundSpan[];
  readonly encodings: readonly Encoding[];
}

const harmless: Reading = { detected: nothing, encodings: [] };

/** One event's finder: all passes over the event must use the same one, because they share its decoding budget. */
export class SecretFinder {
  readonly names: NameMatcher;
  readonly budget: DecodingBudget;
  readonly #rules: RedactionRules;
  readonly #prepared: PreparedRules;
  readonly #readings = new Map<string, Reading>();
  readonly #answers = new AnswerCache();
  /** Encoded texts that the budget does not cover. */
  readonly #refused = new Set<string>();

  constructor(rules: RedactionRules) {
    this.#rules = rules;
    this.#prepared = PreparedRules.of(rules);
    this.names = this.#prepared.names;
    this.budget = new DecodingBudget(rules.maxDecodedCharacters);
  }

  /**
   * Returns the secrets in a text: by their form, by a name before them, and encoded text that contains one, about
   * which `holdsSecret` says so, or that the decoding budget does not cover.
   */
  find(text: string, holdsSecret: (decoded: string) => boolean): readonly FoundSpan[] {
    if (this.#prepared.isHarmless(text)) return nothing;
    const { detected, encodings } = this.#read(text);
    if (encodings.length === 0) return detected;
    const encoded = encodings.filter(({ span, decoded }) => {
      const isSecret = this.#isSecret(decoded, 1) || holdsSecret(decoded);
      if (isSecret && !this.budget.allows(decoded)) this.#refused.add(text.slice(span.start, span.end));
      return isSecret;
    });
    return encoded.length === 0 ? detected : mergeSpans([...detected, ...encoded.map(({ span }) => span)]);
  }

  /** Returns the encoded stretches of a text, whether the budget covers them or not. */
  encodingsIn(text: string): readonly Encoding[] {
    return this.#read(text).encodings;
  }

  #read(text: string): Reading {
    const known = this.#prepared.isHarmless(text) ? harmless : this.#readings.get(text);
    if (known) return known;
    const encodings = findEncodings(text);
    // A text that is hidden as a whole anyway is not searched: an event can contain thousands of them.
    const detected = this.#isRefused(text, encodings)
      ? nothing
      : runDetectors(text, this.#rules.detectors, this.names);
    const reading = { detected, encodings };
    // Whether encoded text is harmless depends on known secrets, and on where it is.
    const isHarmless = detected.length === 0 && encodings.length === 0 && !canBeJsonOrMarker.test(text);
    if (isHarmless && text.length <= maxRememberedLength) this.#prepared.rememberHarmless(text);
    else this.#readings.set(text, reading);
    return reading;
  }

  #isRefused(text: string, [encoding]: readonly Encoding[]): boolean {
    if (encoding === undefined || encoding.span.end - encoding.span.start < text.length) return false;
    return !this.budget.allows(encoding.decoded);
  }

  /** Whether an encoded text is hidden only because the budget does not cover it. */
  isRefused(text: string): boolean {
    return this.#refused.has(text);
  }

  /** Whether text that was decoded this many times contains a secret by its form, as it is or encoded again. */
  #isSecret(decoded: string, decodings: number): boolean {
    if (decodings > maxDecodings || !this.budget.allows(decoded)) return true;
    return this.#answers.about(`decoded ${decodings}`).answer(decoded, () => {
      const { detected, encodings } = this.#read(decoded);
      return detected.length > 0 || encodings.some((inner) => this.#isSecret(inner.decoded, decodings + 1));
    });
  }

  /** Whether the text is remembered as free of secrets, markers, JSON and encoded text. */
  isHarmless(text: string): boolean {
    return this.#prepared.isHarmless(text);
  }
}
