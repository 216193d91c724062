// The client that services use. It seals and publishes events, and returns one result for each event.
import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import { deriveEntryId } from '../core/entry/derive-entry-id.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import type { Issue } from '../core/values/issue.ts';
import { parseRfc3339 } from '../core/values/timestamp.ts';
import type { BusEntry } from './bus-entry.ts';
import type { SealedEvent, ServiceEvent } from './event-types.ts';
import { type PublishOptions, publish } from './publish.ts';
import type { EventBusClient } from './put-events.ts';
import { emitFailureCodes, type PutFailure } from './put-failure.ts';
import { checkSealed, describeIssues, type Sealing, trySeal } from './seal.ts';

export interface EmitterOptions {
  /** Name or ARN of the bus. */
  readonly eventBusName: string;
  /**
   * An existing client to use. The emitter replaces its retries with its own. @default a client created from
   * `clientConfig`
   */
  readonly client?: EventBusClient | undefined;
  /** @default the SDK's default region and credential provider chain */
  readonly clientConfig?: EventBridgeClientConfig | undefined;
  /** Maximum PutEvents calls for one event, including the first. @default 5 */
  readonly maxAttempts?: number | undefined;
  /** Longest pause after the first failed attempt. The limit doubles with each further attempt. @default 100 */
  readonly baseDelayMillis?: number | undefined;
  /** Upper limit for every pause. @default 5000 */
  readonly maxDelayMillis?: number | undefined;
  /** A call that gets no response within this time fails. @default 10000 */
  readonly callTimeoutMillis?: number | undefined;
}

export interface EmitOptions {
  /** Stops sending. Events that were not published are reported as failed with the code ABORTED. */
  readonly signal?: AbortSignal | undefined;
}

/** EventBridge accepted the event. `entryId` is the id that the event will have in the log. */
export interface PublishedEvent {
  readonly status: 'published';
  readonly eventId: string;
  readonly entryId: string;
  /** EventBridge's id of this delivery. A resend gets a different one. */
  readonly envelopeId: string;
}

export interface FailedEvent extends PutFailure {
  readonly status: 'failed';
  readonly eventId?: string;
  /** Set with the code INVALID_EVENT: where the event violates the contract. */
  readonly issues?: readonly Issue[];
  /** Keep this and pass it to `send` later. Absent when the event violates the contract. */
  readonly sealed?: SealedEvent;
}

export type EmitResult = PublishedEvent | FailedEvent;

export interface Emitter {
  /** Seals and sends events. Results are in the order of the events. Never throws because of an event. */
  emit(events: readonly ServiceEvent[], options?: EmitOptions): Promise<EmitResult[]>;
  /**
   * Sends sealed events, for the first time or again. Sending an event that is already in the log has no
   * effect.
   */
  send(events: readonly SealedEvent[], options?: EmitOptions): Promise<EmitResult[]>;
}

/**
 * Creates a client for one event bus.
 *
 * @example
 * const emitter = createEmitter({ eventBusName: 'request-logs-prod' });
 * const results = await emitter.emit([{ detailType: 'Service Created', detail }]);
 * @throws RequestLogsError with the code INVALID_CONFIGURATION
 */
export function createEmitter(options: EmitterOptions): Emitter {
  const publishing = readOptions(options);
  const deliver = async (
    sealings: readonly Sealing[],
    signal: AbortSignal | undefined,
  ): Promise<EmitResult[]> => {
    const sealed = sealings.flatMap((sealing) => ('sealed' in sealing ? [sealing.sealed] : []));
    const outcomes = (await publish(sealed.map(toBusEntry), { ...publishing, signal })).values();
    return sealings.map((sealing): EmitResult => {
      if (!('sealed' in sealing)) return toInvalid(sealing);
      const outcome = outcomes.next().value;
      const { eventId } = sealing.sealed.detail;
      return outcome !== undefined && 'envelopeId' in outcome
        ? { status: 'published', eventId, entryId: entryIdOfSealed(sealing.sealed), ...outcome }
        : { status: 'failed', eventId, ...(outcome?.failure as PutFailure), sealed: sealing.sealed };
    });
  };
  return {
    emit: (events, { signal } = {}) => deliver(events.map(trySeal), signal),
    send: (events, { signal } = {}) => deliver(events.map(checkSealed), signal),
  };
}

/** The id that the log entry of this event will have. */
export function entryIdOfSealed({ source, detail }: SealedEvent): string {
  const { organizationId, eventId, occurredAt } = detail;
  return deriveEntryId({ organizationId, source, eventId, occurredAtMillis: parseRfc3339(occurredAt) ?? 0 });
}

function toBusEntry({ source, detailType, detail }: SealedEvent): BusEntry {
  const time = new Date(parseRfc3339(detail.occurredAt) ?? 0);
  return { source, detailType, detail: JSON.stringify(detail), time };
}

function toInvalid({ issues, eventId }: Exclude<Sealing, { sealed: unknown }>): FailedEvent {
  return {
    status: 'failed',
    ...(eventId === undefined ? {} : { eventId }),
    code: emitFailureCodes.invalidEvent,
    message: describeIssues(issues),
    retryable: false,
    issues,
  };
}

/** Validates the options and applies the defaults. */
export function readOptions(options: EmitterOptions): PublishOptions {
  const { eventBusName, client, clientConfig, maxAttempts = 5 } = options;
  const { baseDelayMillis = 100, maxDelayMillis = 5000, callTimeoutMillis = 10_000 } = options;
  if (typeof eventBusName !== 'string' || eventBusName === '') {
    throw misconfigured('eventBusName', 'must be the name or ARN of an event bus');
  }
  if (client && clientConfig) throw misconfigured('clientConfig', 'must be absent when client is given');
  requireInteger({ maxAttempts, callTimeoutMillis }, 1);
  requireInteger({ baseDelayMillis, maxDelayMillis }, 0);
  return {
    client: client ?? new EventBridgeClient(clientConfig ?? {}),
    eventBusName,
    maxAttempts,
    baseDelayMillis,
    maxDelayMillis,
    callTimeoutMillis,
  };
}

function requireInteger(settings: Readonly<Record<string, number>>, least: number): void {
  for (const [field, value] of Object.entries(settings)) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw misconfigured(field, `must be an integer of at least ${least}, is ${value}`);
  }
}

function misconfigured(field: string, problem: string): RequestLogsError {
  return new RequestLogsError(errorCodes.invalidConfiguration, `${field} ${problem}`, { field });
}
