// The bucket for states that do not fit in an item. Each grant sets permissions and environment variables together. Must
// never grant deletes; the bucket policy denies deletes and replacements of objects.
import { Aws, Duration, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { retentionPrefix } from '../../core/storage/table-attributes.ts';
import { denyEveryone, denyOtherEncryption } from './bucket-denials.ts';
import type { NodeFunction } from './node-function.ts';

export interface OverflowBucketProps {
  /** The key of the entries table: states are part of entries, wherever they are stored. */
  readonly encryptionKey: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  /**
   * How long new entries are kept.
   * @default forever
   */
  readonly entryRetention?: Duration | undefined;
}

/** Versioned, encrypted, and private. Its objects are written once. */
export class OverflowBucket extends Construct {
  readonly bucket: s3.Bucket;
  private readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: OverflowBucketProps) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey;
    this.bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.encryptionKey,
      bucketKeyEnabled: true,
      versioned: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: lifecycleRules(props.entryRetention),
      removalPolicy: props.removalPolicy,
    });
    for (const statement of this.denials()) this.bucket.addToResourcePolicy(statement);
    // A retained bucket keeps its policy.
    this.bucket.policy?.applyRemovalPolicy(props.removalPolicy);
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only functions of the stack use it, and they log each entry that they record or return, and each export.',
    });
  }

  /** Lets the recorder write states before their item, and read the states of an entry to compare a duplicate. */
  grantRecord(recorder: NodeFunction): void {
    this.allow(recorder, ['s3:GetObject', 's3:PutObject'], ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  /** Lets a function read states, but not list them. */
  grantGetEntry(reader: NodeFunction): void {
    this.allow(reader, ['s3:GetObject'], ['kms:Decrypt']);
  }

  private allow(grantee: NodeFunction, actions: string[], keyActions: string[]): void {
    grantee.setEnvironment({ [environmentNames.overflowBucketName]: this.bucket.bucketName });
    grantee.allow(actions, [this.bucket.arnForObjects('*')]);
    const logicalId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as s3.CfnBucket);
    Validations.of(grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`,
      reason: 'Objects are named after their entries, so their names are not known at deployment.',
    });
    grantee.allow(keyActions, [this.encryptionKey.keyArn], {
      StringEquals: { 'kms:ViaService': `s3.${Aws.REGION}.amazonaws.com` },
    });
  }

  /** Lifecycle rules still apply. */
  private denials(): iam.PolicyStatement[] {
    const deny = denyEveryone.bind(undefined, [this.bucket.arnForObjects('*')]);
    return [
      deny('StatesAreNeverRemoved', ['s3:DeleteObject', 's3:DeleteObjectVersion']),
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
      deny('StatesAreNeverReplaced', ['s3:PutObject'], { Null: { 's3:if-none-match': 'true' } }),
      ...denyOtherEncryption(this.bucket, this.encryptionKey),
    ];
  }
}

/** States can be restored for as long as the entries table. */
const recoveryWindow = Duration.days(35);

/**
 * Expires objects with their entries, which keep the retention that they were recorded with. The rule therefore applies
 * only to objects of the current setting, and objects of previous settings stay. An entry expires `retention` after it
 * occurred, which is at most 15 minutes after it was recorded. S3 counts full days from writing, so one more day is never
 * too early.
 */
function lifecycleRules(retention: Duration | undefined): s3.LifecycleRule[] {
  const abort = { id: 'AbortUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) };
  if (retention === undefined) return [abort];
  return [
    abort,
    {
      id: 'ExpireWithEntries',
      prefix: retentionPrefix(retention.toDays()),
      expiration: Duration.days(retention.toDays() + 1),
      noncurrentVersionExpiration: recoveryWindow,
    },
    { id: 'RemoveMarkers', expiredObjectDeleteMarker: true },
  ];
}
