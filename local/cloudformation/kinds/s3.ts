// S3 buckets and their policies.
import * as z from 'zod/mini';
import { policyDocument } from './policy-document.ts';
import { defineKind } from './resource-kind.ts';

const encryptionRule = z.strictObject({
  /** Reduces calls to KMS, which has no local effect. */
  BucketKeyEnabled: z.optional(z.boolean()),
  ServerSideEncryptionByDefault: z.optional(
    z.strictObject({
      SSEAlgorithm: z.enum(['AES256', 'aws:kms']),
      KMSMasterKeyID: z.optional(z.string()),
    }),
  ),
});

export const bucketKind = defineKind({
  type: 'AWS::S3::Bucket',
  properties: z.strictObject({
    BucketName: z.optional(z.string()),
    BucketEncryption: z.optional(
      z.strictObject({ ServerSideEncryptionConfiguration: z.array(encryptionRule) }),
    ),
    /** A bucket with Object Lock has versions, and enforces retention and the conditions of puts. */
    ObjectLockEnabled: z.optional(z.boolean()),
  }),
  accepted: {
    LifecycleConfiguration: 'expired objects are not deleted',
    OwnershipControls: 'the stack owns all objects',
    PublicAccessBlockConfiguration: 'access without credentials is always denied',
    VersioningConfiguration: 'only buckets with Object Lock keep previous versions of objects',
    Tags: 'tags',
  },
  identify: (naming) => {
    const name = naming.property('BucketName') ?? naming.generatedName(63).toLowerCase();
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${naming.region}.amazonaws.com`,
      },
    };
  },
});

export const bucketPolicyKind = defineKind({
  type: 'AWS::S3::BucketPolicy',
  properties: z.strictObject({ Bucket: z.string(), PolicyDocument: policyDocument }),
  accepted: {},
  identify: (naming) => ({ ref: naming.generatedName(128), attributes: {} }),
});
