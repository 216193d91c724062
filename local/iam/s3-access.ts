// Identifies the operation of an S3 request, and the action and resource that IAM checks.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
import type { S3Request } from './aws-request.ts';
import type { Access } from './dynamodb-access.ts';

export interface S3Call {
  readonly operation:
    | 'PutObject'
    | 'GetObject'
    | 'HeadObject'
    | 'DeleteObject'
    | 'ListObjectsV2'
    | 'ListObjectVersions';
  readonly bucket: string;
  /** The key as in the path, percent-encoded. Empty for the bucket itself. */
  readonly rawKey: string;
  /** The actions that the call needs, the main one first. */
  readonly accesses: readonly Access[];
  /** Condition keys from the headers of the request. */
  readonly context: Readonly<Record<string, string>>;
}

/** Headers of a put that policies use in conditions. The condition key is `s3:` and the name of the header. */
const conditionHeaders = [
  'if-match',
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
  const locks = request.headers['x-amz-object-lock-mode'] !== undefined;
  const bypasses = request.headers['x-amz-bypass-governance-retention'] === 'true';
  const onObject = (operation: S3Call['operation'], action: string, use?: Access['use']): S3Call => ({
    operation,
    bucket,
    rawKey,
    accesses: [
      { action, use },
      ...(operation === 'PutObject' && locks ? [{ action: 'PutObjectRetention' }] : []),
      ...(operation === 'DeleteObject' && bypasses ? [{ action: 'BypassGovernanceRetention' }] : []),
    ].map((access) => ({
      action: `s3:${access.action}`,
      resourceArn: `${bucketArn}/${decodeURIComponent(rawKey)}`,
      ...('use' in access && access.use && { use: access.use }),
    })),
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
    const operation = query.has('versions') ? 'ListObjectVersions' : 'ListObjectsV2';
    if (request.method !== 'GET' || (operation === 'ListObjectsV2' && query.get('list-type') !== '2')) {
      return undefined;
    }
    const action = operation === 'ListObjectVersions' ? 's3:ListBucketVersions' : 's3:ListBucket';
    const prefix = query.get('prefix');
    return {
      operation,
      bucket,
      rawKey,
      accesses: [{ action, resourceArn: bucketArn }],
      context: prefix ? { 's3:prefix': prefix } : {},
    };
  }
  if (request.method === 'DELETE') {
    const action = query.has('versionId') ? 'DeleteObjectVersion' : 'DeleteObject';
    query.delete('versionId');
    return query.size > 0 ? undefined : onObject('DeleteObject', action);
  }
  const get = query.has('versionId') ? 'GetObjectVersion' : 'GetObject';
  if (request.method !== 'PUT') query.delete('versionId');
  if (query.size > 0 || request.headers['x-amz-copy-source'] !== undefined) return undefined;
  if (request.method === 'PUT') return onObject('PutObject', 'PutObject', 'write');
  if (request.method === 'GET') return onObject('GetObject', get, 'read');
  return request.method === 'HEAD' ? onObject('HeadObject', get, 'read') : undefined;
}

/** Returns the path including the bucket, for both path-style and virtual-hosted requests. */
function pathOf({ rawPath, headers }: S3Request): string {
  const bucket = /^([a-z0-9.-]+)\.localhost(?::\d+)?$/.exec(headers.host ?? '')?.[1];
  return bucket === undefined ? rawPath : `/${bucket}${rawPath}`;
}
