// The sealed log: the bucket with the logs, the table of the sequencer, the signing key, and the sealer with its
// schedule. Its grants set permissions and environment together. Only the sealer writes to the bucket, and the archiver to
// the archive in it.
import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { archivePositionKey, archivePrefix, countsPrefix } from '../../core/log/archive-keys.ts';
import {
  checkpointKey,
  cosignatureKey,
  cosignaturePrefix,
  headKey,
  logRoot,
  orderRoot,
  stagingPrefix,
} from '../../core/log/object-keys.ts';
import { sequencerAttributes } from '../../core/storage/table-attributes.ts';
import type { Config } from '../settings/config.ts';
import { archiveRules } from './archive-rules.ts';
import { denyEveryone, denyEverywhereBut, denyOtherEncryption } from './bucket-denials.ts';
import { type FunctionDefaults, NodeFunction } from './node-function.ts';
import { protectedTable } from './protected-table.ts';
import type { Tables } from './tables.ts';

export interface SealedLogProps {
  readonly functionDefaults: FunctionDefaults;
  readonly tables: Tables;
  /** The key of the entries table: evidence of changed entries has their content. */
  readonly encryptionKey: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  readonly settings: Config['sealing'];
  /** How long entries are kept. `undefined`: forever. */
  readonly entryRetention: Duration | undefined;
  /** JSON for the functions: identifies the logs of this stack. */
  readonly identity: string;
  /** JSON for the functions: the witnesses. `undefined`: there are none. */
  readonly witnesses: string | undefined;
}

/** EventBridge's shortest rate. For shorter intervals, the sealer runs again within one invocation. */
export const shortestRate = Duration.minutes(1);

/** Longer than a run, which starts no batch after 45 seconds. */
const sealerTimeout = Duration.minutes(2);

/** How long staged batches are kept. They are decided or abandoned within minutes. */
const stagingRetention = Duration.days(7);

/** How long earlier versions of checkpoints and heads are kept: as long as the sequencer table can be restored. */
const recoveryWindow = Duration.days(35);

const ed25519 = 'ED25519_SHA_512';

/** Bucket, sequencer, signing key, and sealer. */
export class SealedLog extends Construct {
  readonly bucket: s3.Bucket;
  readonly sequencer: dynamodb.Table;
  readonly signingKey: kms.Key;
  readonly sealer: NodeFunction;
  private readonly encryptionKey: kms.IKey;
  private readonly identity: string;
  private readonly witnesses: string | undefined;

  constructor(scope: Construct, id: string, props: SealedLogProps) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey;
    this.identity = props.identity;
    this.witnesses = props.witnesses;
    this.signingKey = new kms.Key(this, 'SigningKey', {
      description: 'Request Logs: signs the checkpoints of the sealed log',
      keySpec: kms.KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
      removalPolicy: props.removalPolicy,
      ...(props.removalPolicy === RemovalPolicy.DESTROY && { pendingWindow: Duration.days(7) }),
    });
    this.sequencer = new dynamodb.Table(this, 'Sequencer', {
      ...protectedTable(props.encryptionKey, props.removalPolicy),
      partitionKey: { name: sequencerAttributes.pk, type: dynamodb.AttributeType.STRING },
    });
    this.bucket = this.makeBucket(props);
    this.sealer = new NodeFunction(this, 'Sealer', {
      ...props.functionDefaults,
      entry: 'seal',
      description: 'Seals recorded entries in the logs of their organizations',
      memoryMebibytes: 1_024,
      timeout: sealerTimeout,
    });
    props.tables.grantSeal(this.sealer);
    this.grantSeal(props.settings);
    for (const statement of this.denials()) this.bucket.addToResourcePolicy(statement);
    // A retained bucket keeps its policy.
    this.bucket.policy?.applyRemovalPolicy(props.removalPolicy);
    new events.Rule(this, 'Schedule', {
      description: 'Starts the sealer of the sealed log',
      schedule: events.Schedule.rate(
        Duration.seconds(Math.max(props.settings.intervalSeconds, shortestRate.toSeconds())),
      ),
      // The next run completes the work of a failed run.
      targets: [new LambdaFunction(this.sealer.handler, { retryAttempts: 0 })],
    });
  }

  /** Lets a function read the logs and the public key, but neither write nor sign. */
  grantProve(reader: NodeFunction): void {
    this.allowObjects(reader, ['s3:GetObject'], ['kms:Decrypt']);
    this.setLogEnvironment(reader);
    reader.allow(['kms:GetPublicKey'], [this.signingKey.keyArn]);
  }

  /** Lets a function read the segments that counts are read from, and the IDs of the entries that were sealed since. */
  grantCount(reader: NodeFunction): void {
    this.allowObjects(reader, ['s3:GetObject'], ['kms:Decrypt'], [`${countsPrefix}*`, `${orderRoot}*`]);
    reader.setEnvironment({ [environmentNames.logBucketName]: this.bucket.bucketName });
  }

  /**
   * Lets the archiver read staged batches and the sequencer, and write to the archive. Denies writes to the archive to
   * everyone else, including the sealer.
   */
  grantArchive(archiver: NodeFunction): void {
    const archive = this.bucket.arnForObjects(`${archivePrefix}*`);
    archiver.setEnvironment({
      [environmentNames.logBucketName]: this.bucket.bucketName,
      [environmentNames.sequencerTableName]: this.sequencer.tableName,
    });
    archiver.allow(['s3:GetObject'], [archive, this.bucket.arnForObjects(`${stagingPrefix}*`)]);
    archiver.allow(['s3:PutObject', 's3:PutObjectRetention'], [archive]);
    archiver.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    archiver.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [this.encryptionKey.keyArn], {
      StringEquals: { 'kms:ViaService': `s3.${Aws.REGION}.amazonaws.com` },
    });
    archiver.allow(['dynamodb:GetItem'], [this.sequencer.tableArn]);
    archiver.allow(['kms:Decrypt'], [this.encryptionKey.keyArn], {
      StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.amazonaws.com` },
    });
    this.acknowledgePatterns(archiver, [`${stagingPrefix}*`, `${archivePrefix}*`]);
    this.bucket.addToResourcePolicy(
      denyEveryone([archive], 'OnlyTheArchiverWritesTheArchive', ['s3:PutObject', 's3:PutObjectRetention'], {
        ArnNotEquals: { 'aws:PrincipalArn': archiver.role.roleArn },
      }),
    );
  }

  /** Tells a function that shows checkpoints which witnesses cosign them. */
  setWitnesses(reader: NodeFunction): void {
    if (this.witnesses !== undefined) reader.setEnvironment({ [environmentNames.witnesses]: this.witnesses });
  }

  /**
   * Lets a function read the logs and the public key, and write which checkpoints witnesses cosigned. It can neither write
   * to a log nor sign. Everyone else, the sealer included, is denied to write cosignatures.
   */
  grantCosign(requester: NodeFunction): void {
    const cosignatures = this.bucket.arnForObjects(cosignatureKey('*'));
    const logs = this.bucket.arnForObjects(`${logRoot}*`);
    this.setWitnesses(requester);
    this.setLogEnvironment(requester);
    requester.allow(['s3:GetObject'], [logs, cosignatures]);
    requester.allow(['s3:PutObject'], [cosignatures]);
    requester.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    requester.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [this.encryptionKey.keyArn], {
      StringEquals: { 'kms:ViaService': `s3.${Aws.REGION}.amazonaws.com` },
    });
    requester.allow(['kms:GetPublicKey'], [this.signingKey.keyArn]);
    this.acknowledgePatterns(requester, [`${logRoot}*`, `${cosignaturePrefix}*`]);
    this.bucket.addToResourcePolicy(
      denyEveryone([cosignatures], 'OnlyCosignaturesOfWitnesses', ['s3:PutObject', 's3:PutObjectRetention'], {
        ArnNotEquals: { 'aws:PrincipalArn': requester.role.roleArn },
      }),
    );
  }

  private makeBucket({ encryptionKey, removalPolicy, entryRetention }: SealedLogProps): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      versioned: true,
      objectLockEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: [
        { id: 'AbortUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        // They contain the data of entries, so no earlier version is kept.
        {
          id: 'ExpireStagedBatches',
          prefix: stagingPrefix,
          expiration: stagingRetention,
          noncurrentVersionExpiration: Duration.days(1),
        },
        // They contain the IDs of entries that have expired by then.
        ...(entryRetention === undefined
          ? []
          : [{ id: 'ExpireOrder', prefix: orderRoot, expiration: entryRetention.plus(Duration.days(1)) }]),
        ...archiveRules(entryRetention),
        // Object Lock keeps a locked version beyond this time.
        { id: 'ExpireReplacedVersions', noncurrentVersionExpiration: recoveryWindow },
        { id: 'RemoveMarkers', expiredObjectDeleteMarker: true },
      ],
      removalPolicy,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only the sealer and the archiver write to it, and the log itself shows missing and changed objects.',
    });
    return bucket;
  }

  private grantSeal({ intervalSeconds, objectLock }: Config['sealing']): void {
    const { sealer } = this;
    this.allowObjects(
      sealer,
      ['s3:DeleteObject', 's3:GetObject', 's3:PutObject', 's3:PutObjectRetention'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    );
    this.setLogEnvironment(sealer);
    sealer.setEnvironment({
      [environmentNames.sequencerTableName]: this.sequencer.tableName,
      [environmentNames.sealIntervalSeconds]: String(intervalSeconds),
      [environmentNames.logLock]: JSON.stringify(objectLock),
    });
    // The sequencer table has the key of the entries table, and `Tables.grantSeal` allows decryption with it.
    sealer.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [this.sequencer.tableArn]);
    sealer.allow(['kms:Encrypt', 'kms:GenerateDataKey'], [this.encryptionKey.keyArn], {
      StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.amazonaws.com` },
    });
    sealer.allow(['kms:GetPublicKey'], [this.signingKey.keyArn]);
    sealer.allow(['kms:Sign'], [this.signingKey.keyArn], {
      StringEquals: { 'kms:SigningAlgorithm': ed25519, 'kms:MessageType': 'RAW' },
    });
  }

  private setLogEnvironment(grantee: NodeFunction): void {
    grantee.setEnvironment({
      [environmentNames.logBucketName]: this.bucket.bucketName,
      [environmentNames.signingKeyArn]: this.signingKey.keyArn,
      [environmentNames.logIdentity]: this.identity,
    });
  }

  private allowObjects(
    grantee: NodeFunction,
    actions: string[],
    keyActions: string[],
    patterns: readonly string[] = ['*'],
  ): void {
    const objects = patterns.map((pattern) => this.bucket.arnForObjects(pattern));
    grantee.allow(actions, objects);
    // For a missing object, S3 returns 404 only if the caller can list the bucket, and 403 otherwise.
    grantee.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    this.acknowledgePatterns(grantee, patterns);
    grantee.allow(keyActions, [this.encryptionKey.keyArn], {
      StringEquals: { 'kms:ViaService': `s3.${Aws.REGION}.amazonaws.com` },
    });
  }

  private acknowledgePatterns(grantee: NodeFunction, patterns: readonly string[]): void {
    const logicalId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as s3.CfnBucket);
    for (const pattern of patterns) {
      Validations.of(grantee).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${pattern}]`,
        reason: 'Objects are named after organizations, batches, and positions in their logs.',
      });
    }
  }

  /** Lifecycle rules still apply. */
  private denials(): iam.PolicyStatement[] {
    const objects = (pattern: string) => this.bucket.arnForObjects(pattern);
    const cosignatures = this.witnesses === undefined ? [] : [objects(cosignatureKey('*'))];
    const replaceable = [
      ...[`${countsPrefix}*`, archivePositionKey, checkpointKey('*'), headKey('*')].map(objects),
      ...cosignatures,
    ];
    const noCondition = { Null: { 's3:if-none-match': 'true', 's3:if-match': 'true' } };
    const deny = denyEveryone.bind(undefined, [objects('*')]);
    const writes = ['s3:PutObject', 's3:PutObjectRetention'];
    return [
      denyEverywhereBut([objects(`${archivePrefix}*`), ...cosignatures], 'OnlyTheSealerWrites', writes, {
        ArnNotEquals: { 'aws:PrincipalArn': this.sealer.role.roleArn },
      }),
      denyEverywhereBut([objects('logs/*/tile/*.p/*')], 'OnlyPartialTilesAreRemoved', ['s3:DeleteObject']),
      deny('VersionsAreNeverRemoved', ['s3:DeleteObjectVersion', 's3:BypassGovernanceRetention']),
      denyEverywhereBut(replaceable, 'OnlyCheckpointsAreReplaced', ['s3:PutObject'], {
        Null: { 's3:if-none-match': 'true' },
      }),
      denyEveryone(replaceable, 'CheckpointsAreReplacedIfUnchanged', ['s3:PutObject'], noCondition),
      ...denyOtherEncryption(this.bucket, this.encryptionKey),
    ];
  }
}
