// The classification of one message: why it is in its queue, and what redrive does with it. Types only, but for
// matching.
import type { JsonObject } from '../../core/values/json.ts';

export interface Reason {
  readonly code: string;
  /** JSON pointer to the invalid field; empty when the reason is not about one field. */
  readonly path: string;
}

export interface Classification {
  readonly reasons: readonly Reason[];
  readonly next: Next;
}

export type Next =
  | { readonly action: 'send'; readonly body: string }
  | { readonly action: 'edit'; readonly event: RejectedEvent }
  /** Delete the message permanently; `about` identifies it in the output. */
  | { readonly action: 'discard'; readonly about: DiscardedEvent }
  /** Leave the message in its queue. `why` is one of a few fixed texts, reported with the number of messages. */
  | { readonly action: 'leave'; readonly why: string };

/** Identifies a discarded event without its content. */
export interface DiscardedEvent {
  /** When it was rejected, ISO 8601. */
  readonly rejectedAt: string;
  /** The entry that the event conflicts with. */
  readonly entryId?: string | undefined;
  readonly eventId?: string | undefined;
}

/** A rejected event in its EventBridge envelope, redacted. */
export interface RejectedEvent {
  readonly rejectedAt: string;
  readonly issues: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly envelope: JsonObject & { readonly detail: JsonObject };
}

export const notMatched = 'no code matches --match';

/** Whether one of the reasons has one of the codes of `--match`; always true without `--match`. */
export function isMatched(reasons: readonly Reason[], codes: readonly string[]): boolean {
  return codes.length === 0 || reasons.some(({ code }) => codes.includes(code));
}
