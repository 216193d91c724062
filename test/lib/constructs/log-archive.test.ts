import { describe, expect, it } from 'vitest';
import {
  arnOf,
  findFunction,
  issuerSettings,
  poolSettings,
  propertiesOf,
  synthesize,
} from '../synthesize.ts';

const template = synthesize(poolSettings);
const bucketArn = arnOf(template, 'AWS::S3::Bucket', 'SealedLog');
const objects = (pattern: string) => ({ 'Fn::Join': ['', [bucketArn, `/${pattern}`]] });
const archiver = findFunction(template, 'archive');

describe('the archiver', () => {
  it('reads staged batches and the sequencer, and writes the archive only', () => {
    const onData = archiver.permissions.filter(({ action }) => /^(dynamodb|s3):/.test(action));
    expect(onData.map(({ action, resource }) => [action, resource])).toEqual([
      ['s3:GetObject', objects('archive/*')],
      ['s3:GetObject', objects('staging/*')],
      ['s3:PutObject', objects('archive/*')],
      ['s3:PutObjectRetention', objects('archive/*')],
      ['s3:ListBucket', bucketArn],
      ['dynamodb:GetItem', arnOf(template, 'AWS::DynamoDB::Table', 'Sequencer')],
    ]);
    expect(archiver.permissions.map(({ action }) => action)).not.toContain('kms:Sign');
  });

  it('is the only one that can write to the archive', () => {
    const { PolicyDocument } = propertiesOf(template, 'AWS::S3::BucketPolicy', 'SealedLog');
    const { Statement } = PolicyDocument as { Statement: object[] };
    expect(Statement).toContainEqual({
      Sid: 'OnlyTheArchiverWritesTheArchive',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['s3:PutObject', 's3:PutObjectRetention'],
      Resource: objects('archive/*'),
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': arnOf(template, 'AWS::IAM::Role', 'ArchiverRole') } },
    });
  });

  it.each([60, 1])(
    'archives intervals of %i minutes, and is started every minute',
    (archiveIntervalMinutes) => {
      const settings = { ...issuerSettings, sealing: { archiveIntervalMinutes } };
      const found = synthesize(settings);
      expect(propertiesOf(found, 'AWS::Events::Rule', 'LogArchive')).toMatchObject({
        ScheduleExpression: 'rate(1 minute)',
      });
      expect(findFunction(found, 'archive').properties).toMatchObject({
        Environment: { Variables: { ARCHIVE_INTERVAL_MINUTES: String(archiveIntervalMinutes) } },
      });
    },
  );
});
