// Makes one PutEvents call and returns the outcome of each entry, in order. Never throws. publish.ts does the
// retrying.
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { BusEntry } from './bus-entry.ts';
import {
  emitFailureCodes,
  explainCall,
  explainEntry,
  isContentRejection,
  type PutFailure,
} from './put-failure.ts';

/** The part of the SDK client that the emitter uses. */
export type EventBusClient = Pick<EventBridgeClient, 'send'>;

export interface CallOptions {
  readonly client: EventBusClient;
  readonly eventBusName: string;
  /** A call that gets no response within this time fails. */
  readonly callTimeoutMillis: number;
  readonly signal?: AbortSignal | undefined;
}

export type Outcome = { readonly envelopeId: string } | { readonly failure: PutFailure };

/**
 * Puts up to ten entries. If EventBridge rejects the call because of its content, puts each entry in a call
 * of its own, so that one bad entry does not block the others.
 */
export async function putEntries(entries: readonly BusEntry[], options: CallOptions): Promise<Outcome[]> {
  const result = await call(entries, options);
  if (!('failure' in result)) return result.outcomes;
  if (entries.length === 1 || !isContentRejection(result.failure)) return entries.map(() => result);
  const outcomes: Outcome[] = [];
  for (const entry of entries) outcomes.push(...(await putEntries([entry], options)));
  return outcomes;
}

type CallResult = { readonly outcomes: Outcome[] } | { readonly failure: PutFailure };

async function call(entries: readonly BusEntry[], options: CallOptions): Promise<CallResult> {
  const { client, eventBusName, callTimeoutMillis, signal } = options;
  const timeout = AbortSignal.timeout(callTimeoutMillis);
  const command = new PutEventsCommand({
    Entries: entries.map((entry) => ({
      EventBusName: eventBusName,
      Source: entry.source,
      DetailType: entry.detailType,
      Detail: entry.detail,
      Time: entry.time,
    })),
  });
  suppressSdkRetries(command);
  try {
    const result = await client.send(command, {
      abortSignal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return { outcomes: entries.map((_, index) => toOutcome(result.Entries?.[index])) };
  } catch (error) {
    if (signal?.aborted) return { failure: abortedInFlight };
    if (timeout.aborted) return { failure: timedOut(callTimeoutMillis) };
    return { failure: explainCall(error) };
  }
}

const abortedInFlight: PutFailure = {
  code: emitFailureCodes.aborted,
  message: 'aborted during a call that may have succeeded; sending the event again is safe',
  retryable: true,
};

function timedOut(callTimeoutMillis: number): PutFailure {
  const message = `EventBridge did not answer within ${callTimeoutMillis} ms`;
  return { code: emitFailureCodes.timeout, message, retryable: true };
}

/** Turns off the SDK's retries on any client. They would multiply with the emitter's own attempts. */
function suppressSdkRetries(command: PutEventsCommand): void {
  command.middlewareStack.add((next) => (args) => next(args), {
    name: 'retryMiddleware',
    step: 'finalizeRequest',
    priority: 'high',
    override: true,
  });
}

function toOutcome(
  result: {
    EventId?: string | undefined;
    ErrorCode?: string | undefined;
    ErrorMessage?: string | undefined;
  } = {},
): Outcome {
  if (result.EventId) return { envelopeId: result.EventId };
  return { failure: explainEntry(result.ErrorCode ?? 'InternalFailure', result.ErrorMessage) };
}
