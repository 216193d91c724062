// KMS keys: who may use them is checked, nothing is encrypted.
import * as z from 'zod/mini';
import { policyDocument } from './policy-document.ts';
import { defineKind, localArn } from './resource-kind.ts';

export const keyKind = defineKind({
  type: 'AWS::KMS::Key',
  properties: z.strictObject({ KeyPolicy: z.optional(policyDocument) }),
  accepted: {
    Description: 'description',
    EnableKeyRotation: 'rotation',
    RotationPeriodInDays: 'rotation',
    PendingWindowInDays: 'deletion',
    Enabled: 'key state',
    KeySpec: 'the key itself: nothing is encrypted',
    KeyUsage: 'the key itself: nothing is encrypted',
    MultiRegion: 'copies in other regions',
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
