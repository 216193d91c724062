// A bucket as CloudFront's origin: gives the file of a path to who may read it.
import type { Resource } from '../cloudformation/kinds/resource-kind.ts';
import type { HttpResponse } from '../http-api/response.ts';
import type { AccessCheck } from '../iam/access-check.ts';
import { servicePrincipal } from '../iam/principals.ts';
import type { StoredFile } from './bucket-files.ts';

/** Who may not list a bucket is not told whether there is such a file. */
const accessDenied: HttpResponse = {
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
};

export interface BucketOrigin {
  /** The file, or S3's answer. */
  read(uri: string): Promise<StoredFile | HttpResponse>;
}

/** Asks the gate as `distributionArn` of CloudFront; without an access control it asks as nobody, and is refused. */
export function createBucketOrigin(
  bucket: Resource,
  files: ReadonlyMap<string, StoredFile>,
  access: {
    readonly gate: AccessCheck;
    readonly accountId: string;
    readonly distributionArn: string | undefined;
  },
  report: (line: string) => void,
): BucketOrigin {
  const { gate, accountId, distributionArn } = access;
  return {
    async read(uri) {
      const key = decodeKey(uri.slice(1));
      const refusal =
        distributionArn === undefined
          ? `the distribution signs nothing, and ${bucket.ref} is private`
          : await gate.refuse(
              servicePrincipal('cloudfront.amazonaws.com', accountId),
              [{ action: 's3:GetObject', resourceArn: `${bucket.attributes.Arn}/${key}` }],
              { 'aws:SourceArn': distributionArn, 'aws:SourceAccount': accountId },
            );
      if (refusal !== undefined) {
        report(refusal);
        return accessDenied;
      }
      return files.get(key) ?? accessDenied;
    },
  };
}

function decodeKey(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
