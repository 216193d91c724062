// Reads X-Ray's trace header: the one of this run, which Lambda sets, and the one of a producer's PutEvents call, which
// EventBridge hands on with the queue message, not in the event.

/** What a trace header says; ids have X-Ray's form, so that no free text of a header goes any further. */
export interface TraceHeader {
  readonly traceId: string;
  /** The segment that is under way; absent where there is none. */
  readonly parentId?: string;
  /** Whether X-Ray keeps this trace. */
  readonly sampled: boolean;
}

/**
 * Parts of a header such as `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`
 * (https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html); `undefined` without a trace id in it.
 */
export function readTraceHeader(header: string | undefined): TraceHeader | undefined {
  const find = (field: RegExp) => field.exec(header ?? '')?.[1];
  const traceId = find(/(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/);
  if (traceId === undefined) return undefined;
  const parentId = find(/(?:^|;)\s*Parent=([0-9a-f]{16})(?:;|$)/);
  return {
    traceId,
    ...(parentId !== undefined && { parentId }),
    sampled: find(/(?:^|;)\s*Sampled=(1)(?:;|$)/) !== undefined,
  };
}
