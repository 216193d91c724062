// The DynamoDB client of every function, made once for each execution environment, and what all clients have in common.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * A try that gets no answer fails after this long, so that all tries of one call fit into a function's time. Those of
 * several calls in turn may not; then the function times out, and its caller or queue tries again.
 */
export const requestHandler = {
  connectionTimeout: 3_000,
  requestTimeout: 5_000,
  throwOnRequestTimeout: true,
};

/** Tries of one call, with the SDK's jittered backoff; then the caller or the queue tries again later. */
export const maxAttempts = 4;

export function createDocumentClient(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts, requestHandler }), {
    marshallOptions: { removeUndefinedValues: true },
  });
}
