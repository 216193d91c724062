// Parses the batch response of a function: which messages of the batch failed.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
import * as z from 'zod/mini';

const responseSchema = z.nullable(
  z.looseObject({
    batchItemFailures: z.optional(z.nullable(z.array(z.looseObject({ itemIdentifier: z.string() })))),
  }),
);

/**
 * Returns the ids of the failed messages: none for an empty response, and `'all'` when the response is invalid or
 * contains an id that is not in the batch.
 */
export function readFailedMessages(
  payload: string,
  messageIds: readonly string[],
): readonly string[] | 'all' {
  const parsed = parse(payload);
  if (parsed === malformed || typeof parsed === 'string') return parsed === '' ? [] : 'all';
  const response = responseSchema.safeParse(parsed ?? null);
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
