// Publishes events that were read from files, with one client for each account. For `npm run emit` only; the emitter
// package must not import it.
import { findFutureIssue } from '../../core/contract/clock-skew.ts';
import { accountIdSchema } from '../../core/contract/identifiers.ts';
import { isJsonObject, type JsonObject } from '../../core/values/json.ts';
import { parseRfc3339 } from '../../core/values/timestamp.ts';
import type { BusEntry } from '../../emitter/bus-entry.ts';
import {
  createEmitter,
  type EmitResult,
  type EmitterOptions,
  entryIdOfSealed,
  readOptions,
} from '../../emitter/emitter.ts';
import type { ServiceEvent } from '../../emitter/event-types.ts';
import { publish } from '../../emitter/publish.ts';
import type { EventBusClient, Outcome } from '../../emitter/put-events.ts';
import { checkSealed, describeIssues, presentableEventId, trySeal } from '../../emitter/seal.ts';
import type { FileEvent } from './event-file.ts';

export interface FileEventOptions {
  /** Send details unchanged: not validated and not redacted. */
  readonly raw: boolean;
  readonly eventBusName: string;
  /** The endpoint derives the account of each event from the credentials, as the local stack does. */
  readonly isLocal: boolean;
  /** Creates a client for the account; without an account, a client with the SDK's default credentials. */
  readonly clientFor: (account: string | undefined) => EventBusClient;
}

export type FileEmitResult =
  | {
      readonly status: 'published';
      readonly eventId: string | undefined;
      readonly entryId: string | undefined;
      readonly envelopeId: string;
    }
  | {
      readonly status: 'failed';
      readonly eventId?: string | undefined;
      readonly code?: string;
      readonly reason: string;
    };

/**
 * Publishes the events and resolves to one result for each, in the same order. A failed event does not stop the others.
 */
export async function publishFileEvents(
  events: readonly FileEvent[],
  options: FileEventOptions,
): Promise<FileEmitResult[]> {
  const resultByEvent = new Map<FileEvent, FileEmitResult>();
  const publishable: { readonly event: FileEvent; readonly envelope: JsonObject }[] = [];
  for (const event of events) {
    const problem = 'problem' in event ? event.problem : findProblem(event.envelope, options);
    if (problem !== undefined) resultByEvent.set(event, { status: 'failed', reason: problem });
    else if ('envelope' in event) {
      const { envelope } = event;
      const reason = options.raw ? undefined : findFutureReason(envelope);
      if (reason === undefined) publishable.push({ event, envelope });
      else
        resultByEvent.set(event, { status: 'failed', eventId: presentableEventId(envelope.detail), reason });
    }
  }
  const byAccount = new Map<string | undefined, typeof publishable>();
  for (const one of publishable) {
    const account = options.isLocal ? String(one.envelope.account) : undefined;
    const group = byAccount.get(account);
    if (group === undefined) byAccount.set(account, [one]);
    else group.push(one);
  }
  for (const [account, group] of byAccount) {
    const { eventBusName, clientFor, raw } = options;
    const publishAll = raw ? publishRaw : publishSealed;
    const results = await publishAll(
      group.map(({ envelope }) => envelope),
      { eventBusName, client: clientFor(account), maxAttempts: 3 },
    );
    group.forEach(({ event }, index) => {
      resultByEvent.set(event, results[index] as FileEmitResult);
    });
  }
  return events.map((event) => resultByEvent.get(event) as FileEmitResult);
}

async function publishSealed(
  envelopes: readonly JsonObject[],
  options: EmitterOptions,
): Promise<FileEmitResult[]> {
  const emitted = await createEmitter(options).emit(envelopes.map(toServiceEvent));
  return emitted.map(toFileResult);
}

async function publishRaw(
  envelopes: readonly JsonObject[],
  options: EmitterOptions,
): Promise<FileEmitResult[]> {
  const outcomes = await publish(envelopes.map(toRawEntry), readOptions(options));
  return envelopes.map((envelope, index) => toRawResult(envelope, outcomes[index] as Outcome));
}

function findProblem(envelope: JsonObject, { raw, isLocal }: FileEventOptions): string | undefined {
  const needed = [...(raw ? ['source'] : []), 'detail-type', ...(isLocal ? ['account'] : []), 'detail'];
  const missing = needed.filter((field) => envelope[field] === undefined);
  if (missing.length > 0) {
    const problems = missing.map((field) => `/${field} INVALID_VALUE is required`);
    const format = '{source, detail-type, account, detail, …}, in the format that EventBridge delivers';
    return `${problems.join('; ')}; an event is ${format}`;
  }
  if (isLocal && !accountIdSchema.safeParse(envelope.account).success) {
    return '/account INVALID_VALUE must be a 12-digit AWS account ID';
  }
  if (!raw) return undefined;
  for (const field of ['source', 'detail-type']) {
    const value = envelope[field];
    if (typeof value !== 'string' || value === '') return `/${field} INVALID_VALUE must be a string`;
  }
  return undefined;
}

/**
 * Why the event is too far in the future, which the recorder would reject after the bus accepted it. `undefined` for
 * events that are also invalid: sealing reports those.
 */
function findFutureReason(envelope: JsonObject): string | undefined {
  const occurredAt = isJsonObject(envelope.detail) ? envelope.detail.occurredAt : undefined;
  const millis = typeof occurredAt === 'string' ? parseRfc3339(occurredAt) : undefined;
  const issue = millis === undefined ? undefined : findFutureIssue(millis, Date.now());
  if (issue === undefined || 'issues' in trySeal(toServiceEvent(envelope))) return undefined;
  return describeIssues([issue]);
}

/** The cast is safe because sealing validates the content. */
function toServiceEvent(envelope: JsonObject): ServiceEvent {
  const { source, 'detail-type': detailType, detail } = envelope;
  return { source, detailType, detail } as unknown as ServiceEvent;
}

function toRawEntry({ source, 'detail-type': detailType, detail, time }: JsonObject): BusEntry {
  const timeMillis = typeof time === 'string' ? parseRfc3339(time) : undefined;
  return {
    source: String(source),
    detailType: String(detailType),
    detail: JSON.stringify(detail),
    time: timeMillis === undefined ? undefined : new Date(timeMillis),
  };
}

function toFileResult(result: EmitResult): FileEmitResult {
  if (result.status === 'published') return result;
  const { code, message, issues, eventId } = result;
  return { status: 'failed', eventId, code, reason: issues ? message : `${code} ${message}` };
}

/** A raw event has ids to show only when it is valid. */
function toRawResult(envelope: JsonObject, outcome: Outcome): FileEmitResult {
  const eventId = presentableEventId(envelope.detail);
  if ('failure' in outcome) {
    const { code, message } = outcome.failure;
    return { status: 'failed', eventId, code, reason: `${code} ${message}` };
  }
  const checked = checkSealed(toServiceEvent(envelope));
  const entryId = 'sealed' in checked ? entryIdOfSealed(checked.sealed) : undefined;
  return { status: 'published', eventId, entryId, envelopeId: outcome.envelopeId };
}
