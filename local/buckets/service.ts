// Emulates S3: checks access, then calls the object store for buckets with Object Lock and fauxqs for the others.
// Supports only the operations that the functions and operator commands use, and rejects others.
import { bucketKind } from '../cloudformation/kinds/s3.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessCheck, isIdentityError } from '../iam/access-check.ts';
import { type AwsResponse, s3Error } from '../iam/aws-error.ts';
import type { S3Request } from '../iam/aws-request.ts';
import { forward } from '../iam/forward.ts';
import type { Principal } from '../iam/principals.ts';
import { readS3Call, type S3Call } from '../iam/s3-access.ts';
import { answerObjectCall } from './object-calls.ts';
import type { ObjectStore } from './object-store.ts';

/** Handles S3 requests. `port` is the port of fauxqs; `objects` has the objects of buckets with Object Lock. */
export function createS3Service(stack: Stack, accessCheck: AccessCheck, port: number, objects: ObjectStore) {
  const endpoint = new URL(`http://127.0.0.1:${port}/`);
  const buckets = new Map(stack.resources(bucketKind).map(({ ref, properties }) => [ref, properties]));
  let lastPut: Promise<unknown> = Promise.resolve();

  const send = (request: S3Request, { bucket, rawKey }: S3Call, method = request.method) =>
    forward(endpoint, request, {
      method,
      path: `/${bucket}${rawKey === '' ? '' : `/${rawKey}`}${request.rawQuery === '' ? '' : `?${request.rawQuery}`}`,
    });

  /** Checks `If-None-Match: *`, which fauxqs ignores, one put at a time. */
  function putIfAbsent(request: S3Request, call: S3Call): Promise<AwsResponse> {
    const put = lastPut.then(async () => {
      const existing = await send({ ...request, rawBody: Buffer.alloc(0) }, call, 'GET');
      if (existing.status === 404) return send(request, call);
      const message = 'At least one of the pre-conditions you specified did not hold';
      return s3Error(412, 'PreconditionFailed', message);
    });
    lastPut = put.catch(() => {});
    return put;
  }

  const isLockable = ({ bucket }: S3Call) => buckets.get(bucket)?.ObjectLockEnabled === true;

  /** Returns AccessDenied for a missing object when the caller cannot list the bucket, as S3 does. */
  async function read(request: S3Request, call: S3Call, principal: Principal): Promise<AwsResponse> {
    // Sends HEAD as GET; Node.js omits the body of the response.
    const response = isLockable(call)
      ? answerObjectCall(objects, request, call, false)
      : await send(request, call, 'GET');
    if (response.status !== 404) return response;
    const list = { action: 's3:ListBucket', resourceArn: `arn:aws:s3:::${call.bucket}` };
    const denial = await accessCheck.findDenial(principal, [list]);
    return denial === undefined ? response : s3Error(403, 'AccessDenied', denial);
  }

  return async (request: S3Request): Promise<AwsResponse> => {
    const principal = accessCheck.identify(request.authorization);
    if (isIdentityError(principal)) return s3Error(403, 'InvalidAccessKeyId', principal.message);
    const call = readS3Call(request);
    if (call === undefined) {
      return s3Error(501, 'NotImplemented', 'The local stack does not support this S3 operation.');
    }
    if (!buckets.has(call.bucket)) {
      return s3Error(404, 'NoSuchBucket', `The stack has no bucket ${call.bucket}.`);
    }
    const denial = await accessCheck.findDenial(principal, call.accesses, call.context);
    if (denial !== undefined) return s3Error(403, 'AccessDenied', denial);
    if (call.operation === 'GetObject' || call.operation === 'HeadObject')
      return read(request, call, principal);
    if (isLockable(call)) {
      const bypasses = request.headers['x-amz-bypass-governance-retention'] === 'true';
      return answerObjectCall(objects, request, call, bypasses);
    }
    const condition = request.headers['if-none-match'];
    if (call.operation === 'PutObject') {
      if (condition === '*') return putIfAbsent(request, call);
      if (condition !== undefined || request.headers['if-match'] !== undefined) {
        return s3Error(
          501,
          'NotImplemented',
          'The local stack supports only If-None-Match: * as condition of a put.',
        );
      }
    }
    return send(request, call);
  };
}
