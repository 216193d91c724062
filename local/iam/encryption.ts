// Determines the permissions that calls need on customer-managed keys. The local stack encrypts nothing, but
// checks these permissions as AWS does (for DynamoDB, see https://github.com/aws/aws-cdk/issues/10010).
import { tableKind } from '../cloudformation/kinds/dynamodb.ts';
import { bucketKind } from '../cloudformation/kinds/s3.ts';
import { queueKind } from '../cloudformation/kinds/sqs.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { findCustomerKey } from './policies.ts';

export type Use = 'read' | 'write';

/** A permission on a key that a call needs. */
export interface KeyUse {
  readonly action: 'kms:Decrypt' | 'kms:GenerateDataKey';
  readonly keyArn: string;
  readonly context: Readonly<Record<string, string>>;
}

/**
 * The customer-managed key of each encrypted table, queue and bucket, by ARN, with the encryption context that
 * its service adds.
 */
export type Encryption = ReadonlyMap<string, Omit<KeyUse, 'action'>>;

export function readEncryption(stack: Stack): Encryption {
  const keys = new Map<string, Omit<KeyUse, 'action'>>();
  const note = (service: string, arn: string | undefined, key: string | undefined) => {
    const keyArn = findCustomerKey(stack, key);
    if (keyArn === undefined) return;
    const context = {
      'kms:CallerAccount': stack.accountId,
      'kms:ViaService': `${service}.${stack.region}.amazonaws.com`,
    };
    keys.set(arn ?? '', { keyArn, context });
  };
  for (const { attributes, properties } of stack.resources(tableKind)) {
    const encryption = properties.SSESpecification;
    if (encryption?.SSEEnabled) note('dynamodb', attributes.Arn, encryption.KMSMasterKeyId);
  }
  for (const { attributes, properties } of stack.resources(queueKind)) {
    note('sqs', attributes.Arn, properties.KmsMasterKeyId);
  }
  for (const { attributes, properties } of stack.resources(bucketKind)) {
    const [rule] = properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
    note('s3', attributes.Arn, rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID);
  }
  return keys;
}

/** Returns what a call needs on the key of its table, queue or bucket. Empty without a customer-managed key. */
export function keyUses(encryption: Encryption, resourceArn: string, use: Use): KeyUse[] {
  const key = encryption.get(resourceArn.replace(/(:table\/[^/]+|:s3:::[^/]+)\/.*$/, '$1'));
  if (key === undefined) return [];
  return actionsFor(use, resourceArn).map((action) => ({ ...key, action }));
}

/**
 * Writing an object generates a new data key. Tables and queues also decrypt an existing data key when they
 * write.
 */
function actionsFor(use: Use, resourceArn: string): readonly KeyUse['action'][] {
  if (use === 'read') return ['kms:Decrypt'];
  return resourceArn.startsWith('arn:aws:s3:')
    ? ['kms:GenerateDataKey']
    : ['kms:Decrypt', 'kms:GenerateDataKey'];
}
