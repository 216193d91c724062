// Emulates the KMS calls for signing keys: checks access against the role and the key policy, then signs with Ed25519.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import * as z from 'zod/mini';
import { keyAliasKind, keyKind } from '../cloudformation/kinds/kms.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessCheck, isIdentityError } from '../iam/access-check.ts';
import { type AwsResponse, awsError, awsJson } from '../iam/aws-error.ts';
import { type AwsRequest, parseBody } from '../iam/aws-request.ts';

const maxMessageBytes = 4_096;
const signingAlgorithm = 'ED25519_SHA_512';

const keyRequest = z.object({ KeyId: z.string() });
const signRequest = z.object({
  KeyId: z.string(),
  Message: z.base64(),
  MessageType: z.optional(z.string()),
  SigningAlgorithm: z.string(),
});

const operations = ['DescribeKey', 'GetPublicKey', 'Sign'];

/** Handles `TrentService.*` calls. `signingKeys` has the private key of each signing key by its ARN. */
export function createKeyService(
  stack: Stack,
  accessCheck: AccessCheck,
  signingKeys: ReadonlyMap<string, KeyObject>,
) {
  const keys = stack.resources(keyKind);

  /** A key by its ID, its ARN, or the name or ARN of an alias. */
  function findKey(name: string) {
    const alias = stack.resources(keyAliasKind).find(({ ref }) => name === ref || name.endsWith(`:${ref}`));
    const wanted = alias?.properties.TargetKeyId ?? name;
    return keys.find(({ ref, attributes }) => wanted === ref || wanted === attributes.Arn);
  }

  return async (call: AwsRequest): Promise<AwsResponse> => {
    const principal = accessCheck.identify(call.authorization);
    if (isIdentityError(principal)) return awsError('kms', principal.errorCode, principal.message);
    if (!operations.includes(call.operation)) {
      const message = `The local stack supports only the KMS operations ${operations.join(', ')}.`;
      return awsError('kms', 'UnsupportedOperationException', message);
    }
    const body = parseBody(call.rawBody);
    const request = keyRequest.safeParse(body);
    const toSign = call.operation === 'Sign' ? signRequest.safeParse(body) : undefined;
    if (!request.success) return awsError('kms', 'ValidationException', z.prettifyError(request.error));
    if (toSign?.success === false) {
      return awsError('kms', 'ValidationException', z.prettifyError(toSign.error));
    }
    const key = findKey(request.data.KeyId);
    const keyArn = key?.attributes.Arn;
    if (key === undefined || keyArn === undefined) {
      return awsError('kms', 'NotFoundException', `Key '${request.data.KeyId}' does not exist`);
    }
    const denial = await accessCheck.findDenial(
      principal,
      [{ action: `kms:${call.operation}`, resourceArn: keyArn }],
      toSign?.data && {
        'kms:SigningAlgorithm': toSign.data.SigningAlgorithm,
        'kms:MessageType': toSign.data.MessageType ?? 'RAW',
      },
    );
    if (denial !== undefined) return awsError('kms', 'AccessDeniedException', denial);
    const { KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage = 'ENCRYPT_DECRYPT' } = key.properties;
    if (call.operation === 'DescribeKey') {
      return awsJson('kms', {
        KeyMetadata: {
          KeyId: key.ref,
          Arn: keyArn,
          AWSAccountId: stack.accountId,
          Enabled: true,
          KeyState: 'Enabled',
          KeyManager: 'CUSTOMER',
          Origin: 'AWS_KMS',
          KeySpec,
          KeyUsage,
          ...(KeyUsage === 'SIGN_VERIFY' && { SigningAlgorithms: [signingAlgorithm] }),
        },
      });
    }
    const privateKey = signingKeys.get(keyArn);
    if (privateKey === undefined) {
      return awsError('kms', 'InvalidKeyUsageException', `${keyArn} key usage is ${KeyUsage}`);
    }
    return toSign?.data
      ? signMessage(keyArn, privateKey, toSign.data)
      : awsJson('kms', {
          KeyId: keyArn,
          PublicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64'),
          KeySpec,
          KeyUsage,
          SigningAlgorithms: [signingAlgorithm],
        });
  };
}

function signMessage(
  KeyId: string,
  privateKey: KeyObject,
  request: z.infer<typeof signRequest>,
): AwsResponse {
  const message = Buffer.from(request.Message, 'base64');
  if (request.SigningAlgorithm !== signingAlgorithm || (request.MessageType ?? 'RAW') !== 'RAW') {
    const text = `The local stack signs only with ${signingAlgorithm} and the message type RAW.`;
    return awsError('kms', 'ValidationException', text);
  }
  if (message.length === 0 || message.length > maxMessageBytes) {
    const text = `Member must have length between 1 and ${maxMessageBytes}`;
    return awsError('kms', 'ValidationException', `Value at 'message' failed to satisfy constraint: ${text}`);
  }
  const Signature = sign(null, message, privateKey).toString('base64');
  return awsJson('kms', { KeyId, Signature, SigningAlgorithm: signingAlgorithm });
}
