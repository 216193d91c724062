// Event types before and after sealing, discriminated by detail type, so that the compiler rejects a create
// event without `after`. core/contract/event.ts defines the rules that types cannot express.
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
  /** The service's own id of this action. Use the same id on every resend. @default a random UUID */
  readonly eventId?: string | undefined;
  /** RFC 3339 with an offset, or a Date. @default now */
  readonly occurredAt?: string | Date | undefined;
  /** Set when the event is sealed. */
  readonly redaction?: { readonly version: number; readonly declared?: true | undefined } | undefined;
  /** Same as `secretPaths` next to the detail. */
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
   * JSON Pointers into the detail, such as `/after/auth/token`. `*` matches every key of one level. At most
   * 256.
   */
  readonly secretPaths?: readonly string[] | undefined;
  /** Texts that are secret wherever they occur. Each has at least 4 characters. At most 256. */
  readonly secretValues?: readonly string[] | undefined;
}

/** One action of a user or service, as reported by the service that performed it. States are JSON objects. */
export type ServiceEvent = {
  [T in DetailType]: {
    readonly detailType: T;
    /** @default the source of the detail type */
    readonly source?: Implied<T>['source'] | undefined;
    readonly detail: Content<T, object, string | Secret> & OptionalStamps;
  } & DeclaredSecretsOfEvent;
}[DetailType];

/**
 * A validated, redacted event whose id and time no longer change. It is plain JSON and can be stored in an
 * outbox.
 */
export type SealedEvent = {
  [T in DetailType]: {
    readonly source: Implied<T>['source'];
    readonly detailType: T;
    readonly detail: Content<T, State, string> & FixedStamps;
  };
}[DetailType];
