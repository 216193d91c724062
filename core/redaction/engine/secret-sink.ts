// Receives the secrets that a pass finds. The pass that learns them and the pass that replaces them differ only in
// their sink, so that they cannot disagree about what a secret is.
import type { Span } from '../text/spans.ts';

export interface SecretSink {
  /** Replaces a secret. `isNamed`: its name or form is that of a credential; otherwise only its place is secret. */
  readonly replace: (secret: string, isNamed: boolean) => string;
  /** Receives secrets inside a secret that is replaced as a whole. Only a pass that learns has it. */
  readonly learn?: (secret: string) => void;
  /** The spans of a text that are secrets known from elsewhere. */
  readonly findKnown: (text: string) => Span[];
}
