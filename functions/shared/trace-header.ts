// Reads X-Ray trace headers: the header of this invocation, set by Lambda, and the header of a producer's
// PutEvents call, which EventBridge passes on with the queue message, outside the event.

/** The parts of a trace header. Ids have X-Ray's format, so no free text from a header is passed on. */
export interface TraceHeader {
  readonly traceId: string;
  /** The id of the open segment. Absent if the header has none. */
  readonly parentId?: string;
  /** Whether X-Ray samples this trace. */
  readonly sampled: boolean;
}

/**
 * Parses a header such as `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`
 * (https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html). Returns `undefined` if it contains no
 * trace id.
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
