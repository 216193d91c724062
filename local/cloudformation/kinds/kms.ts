// KMS keys. The local stack checks permissions on keys and signs with signing keys, but encrypts nothing.
import * as z from 'zod/mini';
import { policyDocument } from './policy-document.ts';
import { defineKind, localArn } from './resource-kind.ts';

export const keyKind = defineKind({
  type: 'AWS::KMS::Key',
  properties: z.strictObject({
    KeyPolicy: z.optional(policyDocument),
    KeySpec: z.optional(z.enum(['SYMMETRIC_DEFAULT', 'ECC_NIST_EDWARDS25519'])),
    KeyUsage: z.optional(z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY'])),
  }),
  accepted: {
    Description: 'description',
    EnableKeyRotation: 'keys are not rotated',
    RotationPeriodInDays: 'keys are not rotated',
    PendingWindowInDays: 'keys are not deleted',
    Enabled: 'keys are always enabled',
    MultiRegion: 'no replicas in other regions',
    Tags: 'tags',
  },
  identify: (naming) => {
    const id = naming.generatedId(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return { ref: id, attributes: { Arn: localArn(naming, 'kms', `key/${id}`), KeyId: id } };
  },
});

export const keyAliasKind = defineKind({
  type: 'AWS::KMS::Alias',
  properties: z.strictObject({ AliasName: z.string(), TargetKeyId: z.string() }),
  accepted: {},
  identify: (naming) => ({ ref: naming.property('AliasName') ?? naming.logicalId, attributes: {} }),
});
