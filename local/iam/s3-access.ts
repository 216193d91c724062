// Identifies the operation of an S3 request, and the action and resource that IAM checks.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
import type { S3Request } from './aws-request.ts';
import type { Access } from './dynamodb-access.ts';

export interface S3Call {
  readonly operation: 'PutObject' | 'GetObject' | 'HeadObject' | 'DeleteObject' | 'ListObjectsV2';
  readonly bucket: string;
  /** The key as in the path, percent-encoded. Empty for the bucket itself. */
  readonly rawKey: string;
  readonly access: Access;
  /** Condition keys from the headers of the request. */
  readonly context: Readonly<Record<string, string>>;
}

/** Headers of a put that policies use in conditions. The condition key is `s3:` and the name of the header. */
const conditionHeaders = [
  'if-none-match',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-customer-algorithm',
];

/**
 * Returns the call of a request, path-style or virtual-hosted, or `undefined` when the operation is not
 * supported.
 */
export function readS3Call(request: S3Request): S3Call | undefined {
  const [bucket = '', ...rest] = pathOf(request).slice(1).split('/');
  const rawKey = rest.join('/');
  const query = new URLSearchParams(request.rawQuery);
  const bucketArn = `arn:aws:s3:::${bucket}`;
  const onObject = (operation: S3Call['operation'], action: string, use?: Access['use']): S3Call => ({
    operation,
    bucket,
    rawKey,
    access: {
      action: `s3:${action}`,
      resourceArn: `${bucketArn}/${decodeURIComponent(rawKey)}`,
      ...(use && { use }),
    },
    context: Object.fromEntries(
      conditionHeaders.flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[`s3:${name}`, value]] : [];
      }),
    ),
  });
  // The SDK adds the operation in a parameter that S3 ignores.
  query.delete('x-id');
  if (rawKey === '') {
    if (request.method !== 'GET' || query.get('list-type') !== '2') return undefined;
    const prefix = query.get('prefix');
    return {
      operation: 'ListObjectsV2',
      bucket,
      rawKey,
      access: { action: 's3:ListBucket', resourceArn: bucketArn },
      context: prefix ? { 's3:prefix': prefix } : {},
    };
  }
  if (request.method === 'DELETE') {
    const action = query.has('versionId') ? 'DeleteObjectVersion' : 'DeleteObject';
    query.delete('versionId');
    return query.size > 0 ? undefined : onObject('DeleteObject', action);
  }
  if (query.size > 0 || request.headers['x-amz-copy-source'] !== undefined) return undefined;
  if (request.method === 'PUT') return onObject('PutObject', 'PutObject', 'write');
  if (request.method === 'GET') return onObject('GetObject', 'GetObject', 'read');
  return request.method === 'HEAD' ? onObject('HeadObject', 'GetObject', 'read') : undefined;
}

/** Returns the path including the bucket, for both path-style and virtual-hosted requests. */
function pathOf({ rawPath, headers }: S3Request): string {
  const bucket = /^([a-z0-9.-]+)\.localhost(?::\d+)?$/.exec(headers.host ?? '')?.[1];
  return bucket === undefined ? rawPath : `/${bucket}${rawPath}`;
}
