// What redrive makes of one message: why it is in its queue, and what can be done with it.
import type { JsonObject } from '../../core/values/json.ts';

export interface Reason {
  readonly code: string;
  /** Where the event breaks the contract; empty where there is no such place. */
  readonly path: string;
}

export interface Classification {
  readonly reasons: readonly Reason[];
  readonly next: Next;
}

export type Next =
  | { readonly action: 'send'; readonly body: string }
  | { readonly action: 'edit'; readonly event: RejectedEvent }
  /** Deletes it for good; `about` is what may be known of it then. */
  | { readonly action: 'discard'; readonly about: DiscardedEvent }
  /** `why` is one of a few fixed texts, said with the number of messages that it is true of. */
  | { readonly action: 'leave'; readonly why: string };

/** What tells one discarded event from another; nothing of what it said. */
export interface DiscardedEvent {
  /** When it was rejected, ISO 8601. */
  readonly rejectedAt: string;
  /** The entry that it is in conflict with. */
  readonly entryId?: string | undefined;
  readonly eventId?: string | undefined;
}

/** A rejected event that came from EventBridge, redacted. */
export interface RejectedEvent {
  readonly rejectedAt: string;
  readonly issues: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly envelope: JsonObject & { readonly detail: JsonObject };
}

export const notMatched = 'not matched';

/** Whether `--match` names one of the codes, or is not given. */
export function isMatched(reasons: readonly Reason[], codes: readonly string[]): boolean {
  return codes.length === 0 || reasons.some(({ code }) => codes.includes(code));
}
