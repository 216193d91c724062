// One PutEvents call: its entries' outcomes in order, never an error. Retrying is publish.ts's.
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { BusEntry } from './bus-entry.ts';
import {
  blamesContent,
  emitFailureCodes,
  explainCall,
  explainEntry,
  type PutFailure,
} from './put-failure.ts';

/** The client, as far as the emitter needs it. */
export type EventBusClient = Pick<EventBridgeClient, 'send'>;

export interface CallOptions {
  readonly client: EventBusClient;
  readonly eventBusName: string;
  /** A call without an answer for this long counts as failed. */
  readonly callTimeoutMillis: number;
  readonly signal?: AbortSignal | undefined;
}

export type Outcome = { readonly envelopeId: string } | { readonly failure: PutFailure };

/**
 * Puts at most ten entries. When the call is refused for its content, each entry is put alone, so that one bad
 * entry does not stop the others.
 */
export async function putEntries(entries: readonly BusEntry[], options: CallOptions): Promise<Outcome[]> {
  const answer = await call(entries, options);
  if (!('failure' in answer)) return answer.outcomes;
  if (entries.length === 1 || !blamesContent(answer.failure)) return entries.map(() => answer);
  const outcomes: Outcome[] = [];
  for (const entry of entries) outcomes.push(...(await putEntries([entry], options)));
  return outcomes;
}

type Answer = { readonly outcomes: Outcome[] } | { readonly failure: PutFailure };

async function call(entries: readonly BusEntry[], options: CallOptions): Promise<Answer> {
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

/** The SDK would repeat whole calls below the emitter's own attempts and multiply them; for any client given. */
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
