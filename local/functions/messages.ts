// What the stack and a function's process say to each other.
import * as z from 'zod/mini';

/** From the stack: run the handler once. */
export const invocationSchema = z.object({
  requestId: z.string(),
  functionArn: z.string(),
  deadlineMillis: z.number(),
  /** X-Ray's, for the variable `_X_AMZN_TRACE_ID`. */
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

/** Why an invocation gave no result, in the form that Lambda gives it. */
export type FunctionFailure = z.infer<typeof failureSchema>;

/** From the process: it has loaded the handler, or could not; or the handler has ended. */
export const hostMessageSchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ failedToLoad: failureSchema }),
  z.object({ requestId: z.string(), result: z.string() }),
  z.object({ requestId: z.string(), failure: failureSchema }),
]);

export type HostMessage = z.infer<typeof hostMessageSchema>;
