// What a service hands to the emitter and what it gets back, told apart by detail type, so that the compiler
// refuses a create without `after`. Rules beyond types are the contract's (core/event.ts).
import type { EventDetail, State, Target } from '../core/contract/event.ts';
import type { Action, DetailType, detailTypes } from '../core/contract/vocabulary.ts';

type Implied<T extends DetailType> = (typeof detailTypes)[T];

type States<A extends Action, S> = {
  CREATE: { readonly before?: undefined; readonly after: S };
  UPDATE: { readonly before: S; readonly after: S };
  DELETE: { readonly before: S; readonly after?: undefined };
}[A];

type Stamps = 'specVersion' | 'eventId' | 'occurredAt' | 'redaction';

type Said<T extends DetailType, S> = Omit<EventDetail, Stamps | 'target' | 'before' | 'after'> & {
  readonly target: Target & { readonly kind: Implied<T>['kind'] };
} & States<Implied<T>['action'], S>;

interface OptionalStamps {
  /** @default "1" */
  readonly specVersion?: '1' | undefined;
  /** The service's own id of this action, the same on every resend. @default a random UUID */
  readonly eventId?: string | undefined;
  /** RFC 3339 with offset, or a Date. @default now */
  readonly occurredAt?: string | Date | undefined;
  /** Stamped by sealing. */
  readonly redaction?: { readonly version: number } | undefined;
}

interface FixedStamps {
  readonly specVersion: '1';
  readonly eventId: string;
  readonly occurredAt: string;
  readonly redaction: { readonly version: number };
}

/** One action of a user or service, as the service that carried it out says it. States are JSON objects. */
export type ServiceEvent = {
  [T in DetailType]: {
    readonly detailType: T;
    /** @default the one that belongs to the detail type */
    readonly source?: Implied<T>['source'] | undefined;
    readonly detail: Said<T, object> & OptionalStamps;
  };
}[DetailType];

/** A checked, redacted event with its id and time fixed. Plain JSON: it can wait in an outbox. */
export type SealedEvent = {
  [T in DetailType]: {
    readonly source: Implied<T>['source'];
    readonly detailType: T;
    readonly detail: Said<T, State> & FixedStamps;
  };
}[DetailType];
