// Emulates DynamoDB for clients: checks access, then forwards calls to the backend store.
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessCheck, isIdentityError } from '../iam/access-check.ts';
import { type AwsResponse, awsError } from '../iam/aws-error.ts';
import { type AwsRequest, parseBody } from '../iam/aws-request.ts';
import { dynamodbAccesses } from '../iam/dynamodb-access.ts';
import { forward } from '../iam/forward.ts';
import { createInsertTranslation, statementOperations } from './insert-translation.ts';

/** Handles `DynamoDB_20120810.*` calls. `backend` is dynalite or another emulator. */
export function createDynamodbService(stack: Stack, accessCheck: AccessCheck, backend: DynamodbBackend) {
  const translateInserts = createInsertTranslation();
  const tableArnPrefix = `arn:aws:dynamodb:${stack.region}:${stack.accountId}:table/`;
  return async (call: AwsRequest): Promise<AwsResponse> => {
    const principal = accessCheck.identify(call.authorization);
    if (isIdentityError(principal)) return awsError('dynamodb', principal.errorCode, principal.message);
    const accesses = dynamodbAccesses(call.operation, parseBody(call.rawBody) ?? {}, tableArnPrefix);
    const denial = await accessCheck.findDenial(principal, accesses);
    if (denial !== undefined) return awsError('dynamodb', 'AccessDeniedException', denial);
    const authorization = backend.authorize(call.authorization);
    if (backend.hasPartiQl || !statementOperations.has(call.operation)) {
      return forward(backend.endpoint, call, { authorization });
    }
    return translateInserts(call.operation, parseBody(call.rawBody) ?? {}, (operation, body) =>
      forward(
        backend.endpoint,
        { ...call, headers: { ...call.headers, 'x-amz-target': `DynamoDB_20120810.${operation}` } },
        { authorization, body: Buffer.from(JSON.stringify(body)) },
      ),
    );
  };
}

export interface DynamodbBackend {
  readonly endpoint: URL;
  /** Whether the backend supports PartiQL. Otherwise, INSERT statements are translated. */
  readonly hasPartiQl: boolean;
  /**
   * Returns the `authorization` header of the forwarded call. All callers share one access key, because some
   * emulators keep a database for each key.
   */
  authorize(authorization: string | undefined): string;
}

export function dynamodbBackend(endpoint: URL, accessKeyId: string, hasPartiQl: boolean): DynamodbBackend {
  return {
    endpoint,
    hasPartiQl,
    authorize: (authorization) =>
      (authorization ?? '').replace(/(Credential=)[^/,\s]+\//, `$1${accessKeyId}/`),
  };
}
