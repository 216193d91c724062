// What a service hands to the emitter and what it gets back, told apart by detail type, so that the compiler
// refuses a create without `after`. Rules beyond types are the contract's (core/event.ts).
import type { Actor, EventDetail, State, Target } from '../core/contract/event.ts';
import type { Action, DetailType, detailTypes } from '../core/contract/vocabulary.ts';
import type { Secret } from './secret.ts';

type Implied<T extends DetailType> = (typeof detailTypes)[T];

type States<A extends Action, S> = {
  CREATE: { readonly before?: undefined; readonly after: S };
  UPDATE: { readonly before: S; readonly after: S };
  DELETE: { readonly before: S; readonly after?: undefined };
}[A];

type Stamps = 'specVersion' | 'eventId' | 'occurredAt' | 'redaction';

type Content<T extends DetailType, S, Text> = Omit<
  EventDetail,
  Stamps | 'target' | 'before' | 'after' | 'actor' | 'reason' | 'secretPaths'
> & {
  readonly actor: Omit<Actor, 'userAgent'> & { readonly userAgent?: Text | undefined };
  readonly reason?: Text | undefined;
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
  readonly redaction?: { readonly version: number; readonly declared?: true | undefined } | undefined;
  /** As `secretPaths` beside the detail. */
  readonly secretPaths?: readonly string[] | undefined;
}

interface FixedStamps {
  readonly specVersion: '1';
  readonly eventId: string;
  readonly occurredAt: string;
  readonly redaction: { readonly version: number; readonly declared?: true | undefined };
}

/** What a service declares as secret in one event, in addition to the values that it marks with `secret()`. */
export interface DeclaredSecretsOfEvent {
  /**
   * JSON Pointers into the detail, such as `/after/auth/token`; `*` stands for all keys of one level.
   * At most 256.
   */
  readonly secretPaths?: readonly string[] | undefined;
  /** Texts that are secret wherever they occur, 4 characters or longer. At most 256. */
  readonly secretValues?: readonly string[] | undefined;
}

/** One action of a user or service, as reported by the service that carried it out. States are JSON objects. */
export type ServiceEvent = {
  [T in DetailType]: {
    readonly detailType: T;
    /** @default the one that belongs to the detail type */
    readonly source?: Implied<T>['source'] | undefined;
    readonly detail: Content<T, object, string | Secret> & OptionalStamps;
  } & DeclaredSecretsOfEvent;
}[DetailType];

/** A checked, redacted event with its id and time fixed. Plain JSON: it can wait in an outbox. */
export type SealedEvent = {
  [T in DetailType]: {
    readonly source: Implied<T>['source'];
    readonly detailType: T;
    readonly detail: Content<T, State, string> & FixedStamps;
  };
}[DetailType];
