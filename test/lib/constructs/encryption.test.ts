import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { arnOf, poolSettings, propertiesOf, synthesize } from '../synthesize.ts';

const template = synthesize(poolSettings);
const keyOf = (queue: string) => propertiesOf(template, 'AWS::SQS::Queue', queue).KmsMasterKeyId;
const ownAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

describe('Encryption', () => {
  it('rotates every key that encrypts, and retains every key', () => {
    const keys = Object.values(template.findResources('AWS::KMS::Key'));
    // KMS rotates no keys that sign.
    const encrypting = keys.filter(({ Properties }) => Properties.KeyUsage !== 'SIGN_VERIFY');
    expect([keys.length, encrypting.length]).toEqual([6, 5]);
    for (const { Properties } of encrypting) expect(Properties).toMatchObject({ EnableKeyRotation: true });
    template.allResources('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
  });

  it('schedules the deletion of the keys after a week when the configuration says destroy', () => {
    const destroyed = synthesize({ ...poolSettings, removalPolicy: 'destroy' });
    destroyed.allResources('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
    destroyed.allResourcesProperties('AWS::KMS::Key', { PendingWindowInDays: 7 });
  });

  it.each([
    ['EncryptionMessages', 'events.amazonaws.com', undefined],
    ['EncryptionBackstop', 'events.amazonaws.com', undefined],
    ['EncryptionBackstop', 'cloudwatch.amazonaws.com', ownAccount],
  ])(
    'allows a service that sends to use key %s: %s, with a condition only for CloudWatch',
    (key, service, condition) => {
      const { KeyPolicy } = propertiesOf(template, 'AWS::KMS::Key', key) as {
        KeyPolicy: { Statement: { Principal: { Service?: string } }[] };
      };
      const statements = KeyPolicy.Statement.filter(({ Principal }) => Principal.Service === service);
      expect(statements).toEqual([
        expect.objectContaining({ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
      ]);
      // AWS documents no condition that EventBridge supports here. An unsupported condition could stop ingestion
      // completely.
      expect(statements[0]).toEqual(
        condition
          ? expect.objectContaining({ Condition: condition })
          : expect.not.objectContaining({ Condition: expect.anything() }),
      );
    },
  );

  it('allows the logs service of the region to use the key of the log groups, for log groups of this account', () => {
    const properties = propertiesOf(template, 'AWS::KMS::Key', 'EncryptionLogs');
    expect(properties).toMatchObject({
      KeyPolicy: {
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Allow',
            Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
            Action: expect.arrayContaining(['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*']),
            Condition: {
              ArnLike: {
                'kms:EncryptionContext:aws:logs:arn': {
                  'Fn::Join': ['', expect.arrayContaining([':logs:', ':log-group:*'])],
                },
              },
            },
          }),
        ]),
      },
    });
  });

  it('encrypts every log group with the key and sets a retention', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', {
      KmsKeyId: arnOf(template, 'AWS::KMS::Key', 'EncryptionLogs'),
      RetentionInDays: Match.anyValue(),
    });
  });

  it.each(['Ingest', 'DeadLetters', 'Rejected'])('encrypts queue %s with the messages key', (name) => {
    expect(keyOf(`Queues${name}`)).toEqual(arnOf(template, 'AWS::KMS::Key', 'EncryptionMessages'));
  });

  it('encrypts the undelivered queue with a different key than the queues that EventBridge delivers to', () => {
    expect(keyOf('QueuesUndelivered')).toEqual(arnOf(template, 'AWS::KMS::Key', 'EncryptionBackstop'));
    expect(keyOf('QueuesUndelivered')).not.toEqual(keyOf('QueuesIngest'));
  });

  it('grants no query function a key of the queues', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('QueryApi'),
    );
    expect(policies.length).toBeGreaterThan(2);
    expect(JSON.stringify(policies)).not.toMatch(/Encryption(Messages|Backstop)/);
  });
});
