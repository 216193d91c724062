// Reads what a function says about a batch: which of its messages it could not handle.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
import * as z from 'zod/mini';

const responseSchema = z.nullable(
  z.looseObject({
    batchItemFailures: z.optional(z.nullable(z.array(z.looseObject({ itemIdentifier: z.string() })))),
  }),
);

/**
 * Ids of the messages that failed: none for an empty answer; `'all'` when the answer is not of the form that
 * Lambda asks for, or names a message that is not of this batch.
 */
export function readFailedMessages(
  payload: string,
  messageIds: readonly string[],
): readonly string[] | 'all' {
  const answer = parse(payload);
  if (answer === malformed || typeof answer === 'string') return answer === '' ? [] : 'all';
  const response = responseSchema.safeParse(answer ?? null);
  if (!response.success) return 'all';
  const failed = (response.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((id) => messageIds.includes(id)) ? failed : 'all';
}

const malformed = Symbol('malformed');

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return malformed;
  }
}
