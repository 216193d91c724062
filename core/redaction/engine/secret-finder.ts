// The rules made ready: finds secrets in texts and tells what names mean. It is kept for as long as its rules are, and
// remembers only what held no secret: entries repeat their names and values.
import { runDetectors } from '../detectors/detectors.ts';
import { NameMatcher } from '../detectors/name-matcher.ts';
import { findEncodings } from '../encodings/encoded-text.ts';
import { mergeSpans, type Span } from '../text/spans.ts';
import type { RedactionRules } from './rules.ts';

/** Texts that are remembered as harmless, and how long they may be: at most about 4 MB. */
const maxRemembered = 20_000;
const maxRememberedLength = 200;

/** Text encoded in encoded text …, so many times: what is encoded still deeper is a secret in whole. */
const maxDecodings = 4;

/** What is not remembered: JSON is looked into, a marker is counted. */
const canBeJsonOrMarker = /[}\]"]/;

const nothing: readonly Span[] = [];

export class SecretFinder {
  readonly names: NameMatcher;
  readonly #rules: RedactionRules;
  readonly #harmlessTexts = new Set<string>();

  private constructor(rules: RedactionRules) {
    this.#rules = rules;
    this.names = new NameMatcher(rules.names);
  }

  static readonly #finders = new WeakMap<RedactionRules, SecretFinder>();

  /** The finder for these rules. */
  static of(rules: RedactionRules): SecretFinder {
    const known = SecretFinder.#finders.get(rules);
    if (known) return known;
    const finder = new SecretFinder(rules);
    SecretFinder.#finders.set(rules, finder);
    return finder;
  }

  /**
   * The secrets in a text by their form, or by a name before them, and the encoded texts that hold one once they are
   * decoded, or of which `holdsSecret` says so.
   */
  find(text: string, holdsSecret?: (decoded: string) => boolean): readonly Span[] {
    if (this.#harmlessTexts.has(text)) return nothing;
    const plain = this.#runDetectors(text);
    const encodings = findEncodings(text);
    if (encodings.length > 0) {
      const isSecret = (decoded: string) => this.#isSecret(decoded, 1) || holdsSecret?.(decoded);
      const encoded = encodings.filter(({ decoded }) => isSecret(decoded));
      return mergeSpans([...plain, ...encoded.map(({ span }) => span)]);
    }
    // Whether encoded text is harmless depends on what is known, and on where it stands.
    const isHarmless = plain.length === 0 && !canBeJsonOrMarker.test(text);
    if (isHarmless) remember(this.#harmlessTexts, text);
    return plain;
  }

  #runDetectors(text: string): readonly Span[] {
    return runDetectors(text, this.#rules.detectors, this.names);
  }

  /** Whether text that was decoded so many times holds a secret by its form, as it is or encoded once more. */
  #isSecret(decoded: string, decodings: number): boolean {
    return (
      decodings > maxDecodings ||
      this.#runDetectors(decoded).length > 0 ||
      findEncodings(decoded).some((inner) => this.#isSecret(inner.decoded, decodings + 1))
    );
  }

  /** Whether the text is remembered as holding no secret, no marker, no JSON and no encoded text. */
  isHarmless(text: string): boolean {
    return this.#harmlessTexts.has(text);
  }
}

function remember(harmless: Set<string>, text: string): void {
  if (text.length > maxRememberedLength) return;
  if (harmless.size >= maxRemembered) harmless.clear();
  harmless.add(text);
}
