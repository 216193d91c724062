// Answers the S3 calls for buckets with Object Lock, after the access check. Rejects what the product does not use.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
import { type AwsResponse, s3Error } from '../iam/aws-error.ts';
import type { S3Request } from '../iam/aws-request.ts';
import type { S3Call } from '../iam/s3-access.ts';
import type { ObjectStore, ObjectVersion, Retention } from './object-store.ts';

const maxKeys = 1_000;

/** `canBypassGovernance`: whether the caller has the permission and asks to ignore governance retention. */
export function answerObjectCall(
  store: ObjectStore,
  request: S3Request,
  call: S3Call,
  canBypassGovernance: boolean,
): AwsResponse {
  const query = new URLSearchParams(request.rawQuery);
  const key = decodeURIComponent(call.rawKey);
  switch (call.operation) {
    case 'PutObject':
      return put(store, request, call.bucket, key);
    case 'GetObject':
    case 'HeadObject':
      return read(store, call.bucket, key, query.get('versionId') ?? undefined, header(request, 'range'));
    case 'DeleteObject':
      return remove(store, call.bucket, key, query.get('versionId') ?? undefined, canBypassGovernance);
    case 'ListObjectsV2':
      return list(store, call.bucket, query);
    case 'ListObjectVersions':
      return listVersions(store, call.bucket, query);
  }
}

function header(request: S3Request, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function put(store: ObjectStore, request: S3Request, bucket: string, key: string): AwsResponse {
  if (header(request, 'content-encoding')?.includes('aws-chunked')) {
    return notImplemented('bodies in chunks (aws-chunked)');
  }
  const createOnly = header(request, 'if-none-match');
  if (createOnly !== undefined && createOnly !== '*') return notImplemented('If-None-Match with an ETag');
  const retention = readRetention(request);
  if (typeof retention === 'string') return s3Error(400, 'InvalidArgument', retention);
  const hasChecksum = Object.keys(request.headers).some((name) =>
    /^(content-md5$|x-amz-checksum-)/.test(name),
  );
  if (retention !== undefined && !hasChecksum) {
    const message =
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock';
    return s3Error(400, 'InvalidRequest', message);
  }
  const result = store.put(bucket, key, request.rawBody, {
    contentType: header(request, 'content-type') ?? 'binary/octet-stream',
    retention,
    isCreateOnly: createOnly === '*',
    ifMatch: header(request, 'if-match'),
  });
  if (result === 'missing') return s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
  if (result === 'precondition-failed') {
    return s3Error(
      412,
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
    );
  }
  return { status: 200, headers: { etag: result.etag, 'x-amz-version-id': result.versionId }, body: '' };
}

/** The retention in the headers, or what is wrong with them. */
function readRetention(request: S3Request): Retention | string | undefined {
  const mode = header(request, 'x-amz-object-lock-mode');
  const until = header(request, 'x-amz-object-lock-retain-until-date');
  if (mode === undefined && until === undefined) return undefined;
  const untilMillis = Date.parse(until ?? '');
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') return 'Unknown wormMode directive.';
  if (Number.isNaN(untilMillis))
    return 'x-amz-object-lock-retain-until-date and -mode must both be supplied.';
  return untilMillis > Date.now() ? { mode, untilMillis } : 'The retain until date must be in the future!';
}

function read(
  store: ObjectStore,
  bucket: string,
  key: string,
  versionId: string | undefined,
  range: string | undefined,
): AwsResponse {
  if (range !== undefined) return notImplemented('ranges of objects');
  const object = store.get(bucket, key, versionId);
  if (object === undefined || object.isDeleteMarker) {
    const missing = s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
    return object === undefined
      ? missing
      : { ...missing, headers: { ...missing.headers, 'x-amz-delete-marker': 'true' } };
  }
  const { retention } = object;
  return {
    status: 200,
    headers: {
      'content-type': object.contentType,
      etag: object.etag,
      'last-modified': new Date(object.lastModifiedMillis).toUTCString(),
      'x-amz-version-id': object.versionId,
      ...(retention && {
        'x-amz-object-lock-mode': retention.mode,
        'x-amz-object-lock-retain-until-date': new Date(retention.untilMillis).toISOString(),
      }),
    },
    body: object.body,
  };
}

function remove(
  store: ObjectStore,
  bucket: string,
  key: string,
  versionId: string | undefined,
  canBypass: boolean,
): AwsResponse {
  if (versionId === undefined) {
    const marker = store.hide(bucket, key);
    return {
      status: 204,
      headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId },
      body: '',
    };
  }
  if (store.remove(bucket, key, versionId, canBypass) === 'locked') {
    return s3Error(403, 'AccessDenied', 'Access Denied because object protected by object lock.');
  }
  return { status: 204, headers: { 'x-amz-version-id': versionId }, body: '' };
}

function list(store: ObjectStore, bucket: string, query: URLSearchParams): AwsResponse {
  if (query.has('delimiter')) return listFolders(store, bucket, query);
  const prefix = query.get('prefix') ?? '';
  const limit = Math.min(Number(query.get('max-keys') ?? maxKeys), maxKeys);
  const token = query.get('continuation-token');
  const startAfter =
    token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const found = store.list(bucket, { prefix, startAfter, limit: limit + 1 });
  const objects = found.slice(0, limit);
  const isTruncated = found.length > limit;
  const next = Buffer.from(objects.at(-1)?.key ?? '').toString('base64url');
  return xml('ListBucketResult', [
    element('Name', bucket),
    element('Prefix', prefix),
    element('MaxKeys', limit),
    element('KeyCount', objects.length),
    element('IsTruncated', isTruncated),
    ...(isTruncated ? [element('NextContinuationToken', next)] : []),
    ...objects.map((object) => `<Contents>${describe(object)}</Contents>`),
  ]);
}

/** Answers a listing of the folders under a prefix, which fit one page. Objects beside the folders are not supported. */
function listFolders(store: ObjectStore, bucket: string, query: URLSearchParams): AwsResponse {
  const prefix = query.get('prefix') ?? '';
  const supported = ['delimiter', 'list-type', 'prefix', 'x-id', 'encoding-type'];
  const unsupported = [...query.keys()].find((name) => !supported.includes(name));
  if (unsupported !== undefined || query.get('delimiter') !== '/') {
    return notImplemented(`listings with a delimiter and ${unsupported ?? 'a delimiter other than /'}`);
  }
  const folders: string[] = [];
  for (let startAfter = ''; ; ) {
    const [next] = store.list(bucket, { prefix, startAfter, limit: 1 });
    if (next === undefined) break;
    const end = next.key.indexOf('/', prefix.length);
    if (end === -1) return notImplemented('listings with a delimiter that have objects');
    if (folders.length === maxKeys) return notImplemented(`listings of more than ${maxKeys} folders`);
    folders.push(next.key.slice(0, end + 1));
    // The character after the slash, so that the next key is in another folder.
    startAfter = `${next.key.slice(0, end)}0`;
  }
  return xml('ListBucketResult', [
    element('Name', bucket),
    element('Prefix', prefix),
    element('Delimiter', '/'),
    element('KeyCount', folders.length),
    element('IsTruncated', false),
    ...folders.map((folder) => `<CommonPrefixes>${element('Prefix', folder)}</CommonPrefixes>`),
  ]);
}

function listVersions(store: ObjectStore, bucket: string, query: URLSearchParams): AwsResponse {
  for (const name of ['delimiter', 'version-id-marker']) {
    if (query.has(name)) return notImplemented(`listings of versions with ${name}`);
  }
  const prefix = query.get('prefix') ?? '';
  const startAfter = query.get('key-marker') ?? '';
  const found = store.listVersions(bucket, { prefix, startAfter, limit: maxKeys + 1 });
  if (found.length > maxKeys)
    return notImplemented(`listings of more than ${maxKeys} versions; use a longer prefix`);
  return xml('ListVersionsResult', [
    element('Name', bucket),
    element('Prefix', prefix),
    element('IsTruncated', false),
    ...found.map((version) => {
      const name = version.isDeleteMarker ? 'DeleteMarker' : 'Version';
      const ids = element('VersionId', version.versionId) + element('IsLatest', version.isLatest);
      return `<${name}>${ids}${describe(version)}</${name}>`;
    }),
  ]);
}

function describe({ key, etag, size, lastModifiedMillis, isDeleteMarker }: ObjectVersion): string {
  const common = element('Key', key) + element('LastModified', new Date(lastModifiedMillis).toISOString());
  return isDeleteMarker ? common : common + element('ETag', etag) + element('Size', size);
}

function element(name: string, value: string | number | boolean): string {
  const text = String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<${name}>${text}</${name}>`;
}

function xml(root: string, parts: readonly string[]): AwsResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</${root}>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function notImplemented(what: string): AwsResponse {
  return s3Error(501, 'NotImplemented', `The local stack does not support ${what}.`);
}
