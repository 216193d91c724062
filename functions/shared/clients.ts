// The DynamoDB client of every function, created once per execution environment, and the options that all
// clients share.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * An attempt without a response fails after this time, so that all attempts of one call fit into a function's
 * timeout. Several calls in sequence can take longer. Then the function times out, and its caller or queue
 * retries.
 */
export const requestHandler = {
  connectionTimeout: 3_000,
  requestTimeout: 5_000,
  throwOnRequestTimeout: true,
};

/** Attempts of one call, with the SDK's jittered backoff. After that, the caller or the queue retries. */
export const maxAttempts = 4;

export function createDocumentClient(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts, requestHandler }), {
    marshallOptions: { removeUndefinedValues: true },
  });
}
