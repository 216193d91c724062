import { describe, expect, it } from 'vitest';
import {
  arnOf,
  findFunction,
  findId,
  issuerSettings,
  poolSettings,
  propertiesOf,
  synthesize,
} from '../synthesize.ts';

const template = synthesize(poolSettings);
const bucketArn = arnOf(template, 'AWS::S3::Bucket', 'SealedLog');
const objects = (pattern: string) => ({ 'Fn::Join': ['', [bucketArn, `/${pattern}`]] });
const tablesKey = arnOf(template, 'AWS::KMS::Key', 'EncryptionTables');
const signingKey = arnOf(template, 'AWS::KMS::Key', 'SigningKey');
const sealer = findFunction(template, 'seal');
const sealerOf = (sealing: object) => findFunction(synthesize({ ...issuerSettings, sealing }), 'seal');

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

function statement(sid: string): Statement {
  const { PolicyDocument } = propertiesOf(template, 'AWS::S3::BucketPolicy', 'SealedLog');
  const found = (PolicyDocument as { Statement: Statement[] }).Statement.find(({ Sid }) => Sid === sid);
  if (found === undefined) throw new Error(`no statement ${sid}`);
  return found;
}

describe('the log bucket', () => {
  it('is encrypted, versioned and private, and has Object Lock without a default', () => {
    const bucket = propertiesOf(template, 'AWS::S3::Bucket', 'SealedLog');
    expect(bucket).toMatchObject({
      ObjectLockEnabled: true,
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: tablesKey } },
        ],
      },
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    expect(bucket).not.toHaveProperty('ObjectLockConfiguration');
  });

  it('removes only staged batches, and versions that were replaced', () => {
    const { LifecycleConfiguration } = propertiesOf(template, 'AWS::S3::Bucket', 'SealedLog');
    const { Rules } = LifecycleConfiguration as { Rules: Record<string, unknown>[] };
    const expiring = Rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined);
    expect(expiring).toEqual([expect.objectContaining({ Prefix: 'staging/', ExpirationInDays: 7 })]);
  });

  it('removes the order of batches a day after their entries have expired', () => {
    const limited = synthesize({ ...issuerSettings, retentionDays: 400 });
    const { LifecycleConfiguration } = propertiesOf(limited, 'AWS::S3::Bucket', 'SealedLog');
    expect(LifecycleConfiguration).toMatchObject({
      Rules: expect.arrayContaining([expect.objectContaining({ Prefix: 'order/', ExpirationInDays: 401 })]),
    });
  });

  it('removes the archive a day after its entries, and keeps no earlier versions of it', () => {
    const { LifecycleConfiguration } = propertiesOf(
      synthesize({ ...issuerSettings, retentionDays: 400 }),
      'AWS::S3::Bucket',
      'SealedLog',
    );
    const { Rules } = LifecycleConfiguration as { Rules: Record<string, unknown>[] };
    for (const kind of ['entries', 'disputes', 'columns']) {
      expect(Rules).toContainEqual(
        expect.objectContaining({
          Prefix: `archive/${kind}/retention=400/`,
          ExpirationInDays: 401,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        }),
      );
    }
  });

  it('denies everyone but the sealer to write', () => {
    expect(statement('OnlyTheSealerWrites')).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['s3:PutObject', 's3:PutObjectRetention'],
      NotResource: objects('archive/*'),
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': arnOf(template, 'AWS::IAM::Role', 'SealerRole') } },
    });
  });

  it('denies the sealer too to remove anything but partial tiles, or any version', () => {
    expect(statement('OnlyPartialTilesAreRemoved')).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:DeleteObject',
      NotResource: objects('logs/*/tile/*.p/*'),
    });
    expect(statement('VersionsAreNeverRemoved')).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['s3:BypassGovernanceRetention', 's3:DeleteObjectVersion'],
      Resource: objects('*'),
    });
  });

  it('denies the sealer too to replace anything but checkpoints, heads and the position, and these without a condition', () => {
    const replaceable = ['archive/counts/*', 'archive/position', 'logs/*/checkpoint', 'logs/*/head'].map(
      objects,
    );
    expect(statement('OnlyCheckpointsAreReplaced')).toMatchObject({
      Effect: 'Deny',
      Action: 's3:PutObject',
      NotResource: replaceable,
      Condition: { Null: { 's3:if-none-match': 'true' } },
    });
    expect(statement('CheckpointsAreReplacedIfUnchanged')).toMatchObject({
      Effect: 'Deny',
      Action: 's3:PutObject',
      Resource: replaceable,
      Condition: { Null: { 's3:if-none-match': 'true', 's3:if-match': 'true' } },
    });
  });
});

describe('the signing key', () => {
  it('is an Ed25519 key that only signs', () => {
    expect(propertiesOf(template, 'AWS::KMS::Key', 'SigningKey')).toMatchObject({
      KeySpec: 'ECC_NIST_EDWARDS25519',
      KeyUsage: 'SIGN_VERIFY',
    });
  });

  it('signs for the sealer only, with one algorithm', () => {
    const signing = JSON.stringify(template.findResources('AWS::IAM::Policy')).match(/kms:Sign"/g);
    expect(signing).toHaveLength(1);
    expect(sealer.permissions).toContainEqual({
      action: 'kms:Sign',
      resource: signingKey,
      condition: { StringEquals: { 'kms:SigningAlgorithm': 'ED25519_SHA_512', 'kms:MessageType': 'RAW' } },
    });
  });
});

describe('the sequencer', () => {
  it('has backups and is protected from deletion', () => {
    expect(propertiesOf(template, 'AWS::DynamoDB::Table', 'Sequencer')).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { KMSMasterKeyId: tablesKey },
    });
  });
});

describe('the sealer', () => {
  it('has exactly the permissions that it needs on tables, stream and bucket', () => {
    const entries = findId(template, 'AWS::DynamoDB::Table', 'Entries');
    const stream = { 'Fn::GetAtt': [entries, 'StreamArn'] };
    const sequencer = arnOf(template, 'AWS::DynamoDB::Table', 'Sequencer');
    const onData = sealer.permissions.filter(({ action }) => /^(dynamodb|s3):/.test(action));
    expect(onData.map(({ action, resource }) => [action, resource])).toEqual([
      ['dynamodb:DescribeStream', stream],
      ['dynamodb:GetRecords', stream],
      ['dynamodb:GetShardIterator', stream],
      ['dynamodb:Scan', { 'Fn::GetAtt': [entries, 'Arn'] }],
      ['s3:DeleteObject', objects('*')],
      ['s3:GetObject', objects('*')],
      ['s3:PutObject', objects('*')],
      ['s3:PutObjectRetention', objects('*')],
      ['s3:ListBucket', bucketArn],
      ['dynamodb:GetItem', sequencer],
      ['dynamodb:PutItem', sequencer],
    ]);
    expect(sealer.properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  it.each([
    [5, 'rate(1 minute)'],
    [60, 'rate(1 minute)'],
    [240, 'rate(4 minutes)'],
  ])('runs every %i seconds on the schedule %s', (intervalSeconds, schedule) => {
    const settings = { ...issuerSettings, sealing: { intervalSeconds } };
    expect(sealerOf({ intervalSeconds }).environment.SEAL_INTERVAL_SECONDS).toBe(String(intervalSeconds));
    expect(propertiesOf(synthesize(settings), 'AWS::Events::Rule', 'SealedLogSchedule')).toMatchObject({
      ScheduleExpression: schedule,
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 0 } }],
    });
  });

  it('locks objects as the settings say', () => {
    const objectLock = { mode: 'compliance', days: 30 };
    expect(JSON.parse(String(sealerOf({ objectLock }).environment.LOG_LOCK))).toEqual(objectLock);
  });
});
