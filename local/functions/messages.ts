// The messages between the stack and the process of a function.
import * as z from 'zod/mini';

/** From the stack: invoke the handler once. */
export const invocationSchema = z.object({
  requestId: z.string(),
  functionArn: z.string(),
  deadlineMillis: z.number(),
  /** X-Ray trace header, for the variable `_X_AMZN_TRACE_ID`. */
  traceHeader: z.string(),
  /** The event, as JSON. */
  event: z.string(),
});

export type Invocation = z.infer<typeof invocationSchema>;

const failureSchema = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  stackTrace: z.optional(z.array(z.string())),
});

/** Error of an invocation, in Lambda's format. */
export type FunctionFailure = z.infer<typeof failureSchema>;

/** From the process: the handler was loaded or failed to load, or an invocation returned or failed. */
export const hostMessageSchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ failedToLoad: failureSchema }),
  z.object({ requestId: z.string(), result: z.string() }),
  z.object({ requestId: z.string(), failure: failureSchema }),
]);

export type HostMessage = z.infer<typeof hostMessageSchema>;
