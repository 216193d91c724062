import { describe, expect, it } from 'vitest';
import { arnOf, findFunction, findId, issuerSettings, propertiesOf, synthesize } from '../synthesize.ts';

const template = synthesize();
const bucketArn = arnOf(template, 'AWS::S3::Bucket', 'Overflow');
const objects = { 'Fn::Join': ['', [bucketArn, '/*']] };
const key = arnOf(template, 'AWS::KMS::Key', 'EncryptionTables');
const bucket = propertiesOf(template, 'AWS::S3::Bucket', 'Overflow');

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Condition?: unknown;
}

function statements(): Statement[] {
  const { PolicyDocument } = propertiesOf(template, 'AWS::S3::BucketPolicy', 'Overflow');
  return (PolicyDocument as { Statement: Statement[] }).Statement;
}

describe('OverflowBucket', () => {
  it('is encrypted with the key of the tables, versioned and private', () => {
    expect(bucket).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
          },
        ],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it('only denies, to everyone: calls without TLS, deletions, replacements and other encryption', () => {
    const encryption = 's3:x-amz-server-side-encryption';
    expect(new Set(statements().map(({ Effect }) => Effect))).toEqual(new Set(['Deny']));
    expect(statements()).toEqual(
      [
        {
          Action: 's3:*',
          Resource: [bucketArn, objects],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        { Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] },
        { Action: 's3:PutObject', Condition: { Null: { 's3:if-none-match': 'true' } } },
        {
          Action: 's3:PutObject',
          Condition: { Null: { [encryption]: 'false' }, StringNotEquals: { [encryption]: 'aws:kms' } },
        },
        {
          Action: 's3:PutObject',
          Condition: {
            Null: { [`${encryption}-aws-kms-key-id`]: 'false' },
            StringNotEquals: { [`${encryption}-aws-kms-key-id`]: key },
          },
        },
        { Action: 's3:PutObject', Condition: { Null: { [`${encryption}-customer-algorithm`]: 'false' } } },
      ].map((statement) =>
        expect.objectContaining({ Principal: { AWS: '*' }, Resource: objects, ...statement }),
      ),
    );
  });

  it('is retained with its policy, unless the configuration says destroy', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']) {
      const policies = (from: typeof template) => {
        const { DeletionPolicy, UpdateReplacePolicy } =
          from.findResources(type)[findId(from, type, 'Overflow')] ?? {};
        return { DeletionPolicy, UpdateReplacePolicy };
      };
      expect(policies(template)).toEqual({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      const destroyed = synthesize({ ...issuerSettings, removalPolicy: 'destroy' });
      expect(policies(destroyed)).toMatchObject({ DeletionPolicy: 'Delete' });
    }
  });

  it('keeps objects forever, or a day longer than entries recorded under the same retention', () => {
    const abort = { Id: 'AbortUploads', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } };
    expect(bucket.LifecycleConfiguration).toMatchObject({ Rules: [abort] });
    const expiring = synthesize({ ...issuerSettings, retentionDays: 400 });
    expect(propertiesOf(expiring, 'AWS::S3::Bucket', 'Overflow').LifecycleConfiguration).toMatchObject({
      Rules: [
        abort,
        {
          Id: 'ExpireWithEntries',
          Prefix: 'retention.400/',
          ExpirationInDays: 401,
          NoncurrentVersionExpiration: { NoncurrentDays: 35 },
          Status: 'Enabled',
        },
        { Id: 'RemoveMarkers', ExpiredObjectDeleteMarker: true, Status: 'Enabled' },
      ],
    });
  });

  it.each([
    ['record', ['s3:GetObject', 's3:PutObject'], ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['get-entry', ['s3:GetObject'], ['kms:Decrypt']],
    ['get-history', ['s3:GetObject'], ['kms:Decrypt']],
    ['list-entries', ['s3:GetObject'], ['kms:Decrypt']],
    ['export-entries', ['s3:GetObject'], ['kms:Decrypt']],
    ['summarize', ['s3:GetObject'], ['kms:Decrypt']],
    ['list-directory', [], []],
  ])('allows %s %j on its objects, and %j on the key through S3 only', (entry, actions, keyActions) => {
    const { permissions, environment } = findFunction(template, entry);
    const log = findId(template, 'AWS::S3::Bucket', 'SealedLog');
    const onObjects = permissions.filter(
      ({ action, resource }) => action.startsWith('s3:') && !JSON.stringify(resource).includes(log),
    );
    expect(onObjects).toEqual(actions.map((action) => ({ action, resource: objects, condition: undefined })));
    const throughS3 = permissions.filter(({ condition }) => JSON.stringify(condition ?? '').includes('s3.'));
    const ViaService = { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com']] };
    expect(throughS3).toEqual(
      keyActions.map((action) => ({
        action,
        resource: key,
        condition: { StringEquals: { 'kms:ViaService': ViaService } },
      })),
    );
    expect(environment.OVERFLOW_BUCKET_NAME !== undefined).toBe(actions.length > 0);
  });
});
