// Emulates DynamoDB for clients: checks access, then forwards calls to the backend store.
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessCheck, isIdentityError } from '../iam/access-check.ts';
import { type AwsResponse, awsError } from '../iam/aws-error.ts';
import { type AwsRequest, parseBody } from '../iam/aws-request.ts';
import { dynamodbAccesses } from '../iam/dynamodb-access.ts';
import { forward } from '../iam/forward.ts';
import type { Capture } from './capture.ts';
import { createInsertTranslation, type SendCall, statementOperations } from './insert-translation.ts';

/**
 * Handles `DynamoDB_20120810.*` calls. `backend` is dynalite or another emulator. `capture` writes the changes of tables
 * with a stream to the journal.
 */
export function createDynamodbService(
  stack: Stack,
  accessCheck: AccessCheck,
  backend: DynamodbBackend,
  capture: Capture,
) {
  const translateInserts = createInsertTranslation();
  const tableArnPrefix = `arn:aws:dynamodb:${stack.region}:${stack.accountId}:table/`;

  async function dispatch(call: AwsRequest, body: Json): Promise<AwsResponse> {
    const authorization = backend.authorize(call.authorization);
    const send: SendCall = (operation, changed) =>
      forward(
        backend.endpoint,
        { ...call, headers: { ...call.headers, 'x-amz-target': `DynamoDB_20120810.${operation}` } },
        { authorization, body: Buffer.from(JSON.stringify(changed)) },
      );
    return backend.hasPartiQl || !statementOperations.has(call.operation)
      ? send(call.operation, body)
      : translateInserts(call.operation, body, send);
  }

  return async (call: AwsRequest): Promise<AwsResponse> => {
    const principal = accessCheck.identify(call.authorization);
    if (isIdentityError(principal)) return awsError('dynamodb', principal.errorCode, principal.message);
    const body = parseBody(call.rawBody);
    const accesses = dynamodbAccesses(call.operation, body ?? {}, tableArnPrefix);
    const denial = await accessCheck.findDenial(principal, accesses);
    if (denial !== undefined) return awsError('dynamodb', 'AccessDeniedException', denial);
    if (body === undefined)
      return awsError('dynamodb', 'SerializationException', 'The body is not a JSON object.');
    // A captured call is not canceled with its caller, because its change would be unknown.
    const signal = new AbortController().signal;
    const captured = capture(call.operation, body, (operation, changed) =>
      dispatch({ ...call, operation, signal }, changed as Json),
    );
    return captured ?? dispatch(call, body);
  };
}

type Json = Readonly<Record<string, unknown>>;

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
