// Authenticates and authorizes every call to DynamoDB, SQS, S3 and the event bus.
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessRequest, type Authorizer, createAuthorizer, type Denial } from './authorizer.ts';
import type { Access } from './dynamodb-access.ts';
import { type Encryption, keyUses, readEncryption } from './encryption.ts';
import { createPrincipals, type Principal, type Principals, readAccessKeyId } from './principals.ts';

export interface AccessCheck extends Principals {
  /** Returns the principal of a signed request, or the error that AWS would return. */
  identify(authorization: string | undefined): Principal | IdentityError;
  /**
   * Returns why the principal is not allowed to make all these accesses, including KMS keys, or `undefined` when
   * it is allowed.
   */
  findDenial(
    principal: Principal,
    accesses: readonly Access[],
    context?: AccessRequest['context'],
  ): Promise<Denial>;
}

export type IdentityError = { readonly errorCode: string; readonly message: string };

export function isIdentityError(value: Principal | IdentityError): value is IdentityError {
  return 'errorCode' in value;
}

export function createAccessCheck(stack: Stack): AccessCheck {
  const principals = createPrincipals(stack);
  const authorizer = createAuthorizer(stack);
  const encryption = readEncryption(stack);
  return {
    ...principals,
    identify(authorization) {
      const accessKeyId = readAccessKeyId(authorization);
      if (accessKeyId === undefined) {
        return {
          errorCode: 'MissingAuthenticationTokenException',
          message: 'Request is missing Authentication Token',
        };
      }
      return (
        principals.find(accessKeyId) ?? {
          errorCode: 'UnrecognizedClientException',
          message: `The security token included in the request is invalid. (The local stack does not have the access key ${accessKeyId}. Use an account id, such as ${stack.accountId}, to sign in as the root user of that account.)`,
        }
      );
    },
    findDenial: (principal, accesses, context) =>
      findAnyDenial(authorizer, encryption, principal, accesses, context),
  };
}

async function findAnyDenial(
  authorizer: Authorizer,
  encryption: Encryption,
  principal: Principal,
  accesses: readonly Access[],
  context: AccessRequest['context'],
): Promise<Denial> {
  for (const { action, resourceArn, use } of accesses) {
    const denial = await authorizer.findDenial({
      principal,
      action,
      resourceArn,
      ...(context && { context }),
    });
    if (denial !== undefined) return denial;
    for (const key of use === undefined ? [] : keyUses(encryption, resourceArn, use)) {
      const keyDenial = await authorizer.findDenial({
        principal,
        action: key.action,
        resourceArn: key.keyArn,
        context: { ...context, ...key.context },
      });
      if (keyDenial !== undefined) return `${keyDenial} (required for ${action} on ${resourceArn})`;
    }
  }
  return undefined;
}
