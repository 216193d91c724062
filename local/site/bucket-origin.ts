// A bucket as CloudFront origin: returns the file of a path when the distribution has permission to read it.
import type { Resource } from '../cloudformation/kinds/resource-kind.ts';
import type { HttpResponse } from '../http-api/response.ts';
import type { AccessCheck } from '../iam/access-check.ts';
import { servicePrincipal } from '../iam/principals.ts';
import type { StoredFile } from './bucket-files.ts';

/** The response for a missing file too, because CloudFront cannot list the bucket. */
const accessDenied: HttpResponse = {
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
};

export interface BucketOrigin {
  /** The file, or S3's error response. */
  read(uri: string): Promise<StoredFile | HttpResponse>;
}

/**
 * Checks access as CloudFront with `distributionArn`. Without an origin access control, the request is anonymous and
 * denied.
 */
export function createBucketOrigin(
  bucket: Resource,
  files: ReadonlyMap<string, StoredFile>,
  access: {
    readonly accessCheck: AccessCheck;
    readonly accountId: string;
    readonly distributionArn: string | undefined;
  },
  report: (line: string) => void,
): BucketOrigin {
  const { accessCheck, accountId, distributionArn } = access;
  return {
    async read(uri) {
      const key = decodeKey(uri.slice(1));
      const denial =
        distributionArn === undefined
          ? `the distribution signs nothing, and ${bucket.ref} is private`
          : await accessCheck.findDenial(
              servicePrincipal('cloudfront.amazonaws.com', accountId),
              [{ action: 's3:GetObject', resourceArn: `${bucket.attributes.Arn}/${key}` }],
              { 'aws:SourceArn': distributionArn, 'aws:SourceAccount': accountId },
            );
      if (denial !== undefined) {
        report(denial);
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
