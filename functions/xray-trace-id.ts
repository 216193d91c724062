// The trace that a producer's PutEvents call was part of. EventBridge hands its header on with the queue message, not
// in the event, and drops what is no trace header.

/**
 * Root of a trace header such as `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`
 * (https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html); `undefined` without one.
 */
export function readXrayTraceId(header: string | undefined): string | undefined {
  return /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/.exec(header ?? '')?.[1];
}
