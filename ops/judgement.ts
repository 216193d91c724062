// What redrive makes of one message: why it is in its queue, and what can be done with it.
import type { JsonObject } from '../core/json.ts';

export interface Reason {
  readonly code: string;
  /** Where the event breaks the contract; empty where there is no such place. */
  readonly path: string;
}

export interface Judgement {
  readonly reasons: readonly Reason[];
  readonly next: Next;
}

export type Next =
  | { readonly action: 'send'; readonly body: string }
  | { readonly action: 'edit'; readonly event: RejectedEvent }
  /** `why` is one of a few fixed texts, said with the number of messages that it is true of. */
  | { readonly action: 'leave'; readonly why: string };

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
