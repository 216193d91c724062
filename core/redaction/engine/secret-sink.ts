// What becomes of the secrets that a pass finds, so that the pass that learns them and the pass that replaces them cannot
// disagree on what they are.
import type { Span } from '../text/spans.ts';

export interface SecretSink {
  /** Replaces a secret. `isNamed`: its name or form shows a credential; else it only stands in a secret place. */
  readonly replace: (secret: string, isNamed: boolean) => string;
  /** Told of a secret inside one that is replaced whole; only a pass that learns them looks for these. */
  readonly learn?: (secret: string) => void;
  /** Further stretches of a text that are secret. */
  readonly findKnown: (text: string) => Span[];
}
