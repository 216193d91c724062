// Publishes events read from files, each account's through a client of its own. Part of the command line only.
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
  /** Send details as they stand. */
  readonly raw: boolean;
  readonly eventBusName: string;
  /** The endpoint takes the account of each event from the credentials. */
  readonly isLocal: boolean;
  /** A client for the account, or with the SDK's own credentials. */
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

/** The fate of each event, in order. */
export async function publishFileEvents(
  events: readonly FileEvent[],
  options: FileEventOptions,
): Promise<FileEmitResult[]> {
  const fates = new Map<FileEvent, FileEmitResult>();
  const publishable: { readonly event: FileEvent; readonly envelope: JsonObject }[] = [];
  for (const event of events) {
    const problem = 'problem' in event ? event.problem : findProblem(event.envelope, options);
    if (problem !== undefined) fates.set(event, { status: 'failed', reason: problem });
    else if ('envelope' in event) {
      const { envelope } = event;
      const reason = options.raw ? undefined : findFuture(envelope);
      if (reason === undefined) publishable.push({ event, envelope });
      else fates.set(event, { status: 'failed', eventId: presentableEventId(envelope.detail), reason });
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
      fates.set(event, results[index] as FileEmitResult);
    });
  }
  return events.map((event) => fates.get(event) as FileEmitResult);
}

async function publishSealed(
  envelopes: readonly JsonObject[],
  options: EmitterOptions,
): Promise<FileEmitResult[]> {
  const fates = await createEmitter(options).emit(envelopes.map(toServiceEvent));
  return fates.map(describeFate);
}

async function publishRaw(
  envelopes: readonly JsonObject[],
  options: EmitterOptions,
): Promise<FileEmitResult[]> {
  const outcomes = await publish(envelopes.map(toRawEntry), readOptions(options));
  return envelopes.map((envelope, index) => describeRaw(envelope, outcomes[index] as Outcome));
}

function findProblem(envelope: JsonObject, { raw, isLocal }: FileEventOptions): string | undefined {
  const needed = [...(raw ? ['source'] : []), 'detail-type', ...(isLocal ? ['account'] : []), 'detail'];
  const missing = needed.filter((field) => envelope[field] === undefined);
  if (missing.length > 0) {
    const problems = missing.map((field) => `/${field} INVALID_VALUE must be there`);
    return `${problems.join('; ')}; an event is {source, detail-type, account, detail, …}, as EventBridge delivers it`;
  }
  if (isLocal && !accountIdSchema.safeParse(envelope.account).success) {
    return '/account INVALID_VALUE must be a 12-digit AWS account id';
  }
  if (!raw) return undefined;
  for (const field of ['source', 'detail-type']) {
    const value = envelope[field];
    if (typeof value !== 'string' || value === '') return `/${field} INVALID_VALUE must be a string`;
  }
  return undefined;
}

/** The recorder refuses what lies in the future, behind the bus; what breaks the contract besides is told by sealing. */
function findFuture(envelope: JsonObject): string | undefined {
  const occurredAt = isJsonObject(envelope.detail) ? envelope.detail.occurredAt : undefined;
  const millis = typeof occurredAt === 'string' ? parseRfc3339(occurredAt) : undefined;
  const issue = millis === undefined ? undefined : findFutureIssue(millis, Date.now());
  if (issue === undefined || 'issues' in trySeal(toServiceEvent(envelope))) return undefined;
  return describeIssues([issue]);
}

/** Loose on purpose: what the file says is checked by sealing. */
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

function describeFate(fate: EmitResult): FileEmitResult {
  if (fate.status === 'published') return fate;
  const { code, message, issues, eventId } = fate;
  return { status: 'failed', eventId, code, reason: issues ? message : `${code} ${message}` };
}

/** A raw event has ids to show only if it keeps the contract all the same. */
function describeRaw(envelope: JsonObject, outcome: Outcome): FileEmitResult {
  const eventId = presentableEventId(envelope.detail);
  if ('failure' in outcome) {
    const { code, message } = outcome.failure;
    return { status: 'failed', eventId, code, reason: `${code} ${message}` };
  }
  const checked = checkSealed(toServiceEvent(envelope));
  const entryId = 'sealed' in checked ? entryIdOfSealed(checked.sealed) : undefined;
  return { status: 'published', eventId, entryId, envelopeId: outcome.envelopeId };
}
