// Statements of bucket policies that deny calls to everyone, including root and administrators.
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** Denies the actions on the resources to everyone. */
export function denyEveryone(
  resources: readonly string[],
  sid: string,
  actions: readonly string[],
  conditions?: Record<string, unknown>,
): iam.PolicyStatement {
  return deny({ resources: [...resources] }, sid, actions, conditions);
}

/** Denies the actions on everything but the resources to everyone. */
export function denyEverywhereBut(
  resources: readonly string[],
  sid: string,
  actions: readonly string[],
  conditions?: Record<string, unknown>,
): iam.PolicyStatement {
  return deny({ notResources: [...resources] }, sid, actions, conditions);
}

function deny(
  target: Pick<iam.PolicyStatementProps, 'resources' | 'notResources'>,
  sid: string,
  actions: readonly string[],
  conditions: Record<string, unknown> | undefined,
): iam.PolicyStatement {
  return new iam.PolicyStatement({
    ...target,
    sid,
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: [...actions],
    ...(conditions && { conditions }),
  });
}

/** Denies puts with another encryption than the bucket's default. A put without encryption headers uses the default. */
export function denyOtherEncryption(bucket: s3.Bucket, key: kms.IKey): iam.PolicyStatement[] {
  const encryption = 's3:x-amz-server-side-encryption';
  const denyPuts = (sid: string, conditions: Record<string, unknown>) =>
    denyEveryone([bucket.arnForObjects('*')], sid, ['s3:PutObject'], conditions);
  return [
    denyPuts('NoOtherEncryption', {
      Null: { [encryption]: 'false' },
      StringNotEquals: { [encryption]: 'aws:kms' },
    }),
    denyPuts('NoOtherKey', {
      Null: { [`${encryption}-aws-kms-key-id`]: 'false' },
      StringNotEquals: { [`${encryption}-aws-kms-key-id`]: key.keyArn },
    }),
    denyPuts('NoKeyOfTheCaller', { Null: { [`${encryption}-customer-algorithm`]: 'false' } }),
  ];
}
