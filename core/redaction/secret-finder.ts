// The rules made ready: finds secrets in texts and tells what names mean. It is kept for as long as its rules are, and
// remembers only what held no secret: entries repeat their names and values.
import { isCredential } from './credential.ts';
import { NameMatcher } from './field-names.ts';
import type { RedactionRules } from './rules.ts';
import type { Span } from './spans.ts';
import { findSecrets } from './value-shapes.ts';

/** Texts that are remembered as harmless, and how long they may be: at most about 4 MB. */
const maxRemembered = 20_000;
const maxRememberedLength = 200;

const nothing: readonly Span[] = [];

export class SecretFinder {
  readonly names: NameMatcher;
  readonly #rules: RedactionRules;
  readonly #harmlessTexts = new Set<string>();
  readonly #harmlessKeys = new Set<string>();

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

  /** The secrets in a text by their form, or by a name before them. */
  find(text: string): readonly Span[] {
    if (this.#harmlessTexts.has(text)) return nothing;
    const spans = findSecrets(text, this.#rules.shapes, this.names);
    if (spans.length === 0) remember(this.#harmlessTexts, text);
    return spans;
  }

  /** Whether a key is itself a credential. */
  isCredentialKey(key: string): boolean {
    if (this.#harmlessKeys.has(key)) return false;
    const answer = isCredential(key);
    if (!answer) remember(this.#harmlessKeys, key);
    return answer;
  }
}

function remember(harmless: Set<string>, text: string): void {
  if (text.length > maxRememberedLength) return;
  if (harmless.size >= maxRemembered) harmless.clear();
  harmless.add(text);
}
