// Which calls use a customer-managed key, and what they need on it. Nothing is encrypted here; only the
// permissions are as they would be (for DynamoDB see https://github.com/aws/aws-cdk/issues/10010).
import { tableKind } from '../cloudformation/kinds/dynamodb.ts';
import { queueKind } from '../cloudformation/kinds/sqs.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { findCustomerKey } from './policies.ts';

export type Use = 'read' | 'write';

/** A key permission that comes with a call. */
export interface KeyUse {
  readonly action: 'kms:Decrypt' | 'kms:GenerateDataKey';
  readonly keyArn: string;
  readonly context: Readonly<Record<string, string>>;
}

/** The customer-managed key of each encrypted table and queue, by ARN, with the context that its service adds. */
export type Encryption = ReadonlyMap<string, Omit<KeyUse, 'action'>>;

export function readEncryption(stack: Stack): Encryption {
  const keys = new Map<string, Omit<KeyUse, 'action'>>();
  const common = { 'kms:CallerAccount': stack.accountId };
  for (const table of stack.resources(tableKind)) {
    const encryption = table.properties.SSESpecification;
    const keyArn = encryption?.SSEEnabled ? findCustomerKey(stack, encryption.KMSMasterKeyId) : undefined;
    if (keyArn !== undefined) {
      keys.set(table.attributes.Arn ?? '', {
        keyArn,
        context: {
          ...common,
          'kms:ViaService': `dynamodb.${stack.region}.amazonaws.com`,
        },
      });
    }
  }
  for (const queue of stack.resources(queueKind)) {
    const keyArn = findCustomerKey(stack, queue.properties.KmsMasterKeyId);
    const arn = queue.attributes.Arn ?? '';
    if (keyArn !== undefined) {
      keys.set(arn, {
        keyArn,
        context: {
          ...common,
          'kms:ViaService': `sqs.${stack.region}.amazonaws.com`,
        },
      });
    }
  }
  return keys;
}

/** What a call needs on the key of its table or queue: nothing when there is no customer-managed key. */
export function keyUses(encryption: Encryption, resourceArn: string, use: Use): KeyUse[] {
  const key = encryption.get(resourceArn.replace(/(:table\/[^/]+)\/.*$/, '$1'));
  if (key === undefined) return [];
  const actions =
    use === 'read' ? (['kms:Decrypt'] as const) : (['kms:Decrypt', 'kms:GenerateDataKey'] as const);
  return actions.map((action) => ({ ...key, action }));
}
