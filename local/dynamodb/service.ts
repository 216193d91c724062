// DynamoDB as clients see it: the gate before whatever stores the items.
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessCheck, isIdentityError } from '../iam/access-check.ts';
import { type AwsResponse, awsError } from '../iam/aws-error.ts';
import { type AwsRequest, parseBody } from '../iam/aws-request.ts';
import { dynamodbAccesses } from '../iam/dynamodb-access.ts';
import { forward } from '../iam/forward.ts';

/** Handles `DynamoDB_20120810.*` calls. `backend` is dynalite, DynamoDB Local or another emulator. */
export function createDynamodbService(stack: Stack, gate: AccessCheck, backend: DynamodbBackend) {
  const tableArnPrefix = `arn:aws:dynamodb:${stack.region}:${stack.accountId}:table/`;
  return async (call: AwsRequest): Promise<AwsResponse> => {
    const principal = gate.identify(call.authorization);
    if (isIdentityError(principal)) return awsError('dynamodb', principal.errorCode, principal.message);
    const accesses = dynamodbAccesses(call.operation, parseBody(call.rawBody) ?? {}, tableArnPrefix);
    const refusal = await gate.refuse(principal, accesses);
    if (refusal !== undefined) return awsError('dynamodb', 'AccessDeniedException', refusal);
    return forward(backend.endpoint, call, { authorization: backend.authorize(call.authorization) });
  };
}

export interface DynamodbBackend {
  readonly endpoint: URL;
  /** The header to forward with: all callers share one key, for DynamoDB Local keeps a database for each. */
  authorize(authorization: string | undefined): string;
}

export function dynamodbBackend(endpoint: URL, accessKeyId: string): DynamodbBackend {
  return {
    endpoint,
    authorize: (authorization) =>
      (authorization ?? '').replace(/(Credential=)[^/,\s]+\//, `$1${accessKeyId}/`),
  };
}
