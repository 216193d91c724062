import { describe, expect, it } from 'vitest';
import {
  arnOf,
  findFunction,
  poolSettings,
  propertiesOf,
  synthesize,
  witnessSettings,
} from '../synthesize.ts';

const template = synthesize({ ...poolSettings, ...witnessSettings });
const bucketArn = arnOf(template, 'AWS::S3::Bucket', 'SealedLog');
const objects = (pattern: string) => ({ 'Fn::Join': ['', [bucketArn, `/${pattern}`]] });
const requester = findFunction(template, 'request-cosignatures');

function statement(sid: string): object | undefined {
  const { PolicyDocument } = propertiesOf(template, 'AWS::S3::BucketPolicy', 'SealedLog');
  return (PolicyDocument as { Statement: { Sid?: string }[] }).Statement.find(({ Sid }) => Sid === sid);
}

describe('the function that requests cosignatures', () => {
  it('reads the logs and writes cosignatures only, and can neither sign nor read entries', () => {
    const onData = requester.permissions.filter(({ action }) => !/^(logs|kms):/.test(action));
    expect(onData.map(({ action, resource }) => [action, resource])).toEqual([
      ['s3:GetObject', objects('cosignatures/*')],
      ['s3:GetObject', objects('logs/*')],
      ['s3:PutObject', objects('cosignatures/*')],
      ['s3:ListBucket', bucketArn],
    ]);
    const onKeys = requester.permissions.filter(({ action }) => action.startsWith('kms:'));
    expect(onKeys.map(({ action }) => action)).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'kms:GetPublicKey',
    ]);
  });

  it('is the only one that can write cosignatures, and replaces them only if they are unchanged', () => {
    const writes = ['s3:PutObject', 's3:PutObjectRetention'];
    expect(statement('OnlyCosignaturesOfWitnesses')).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: writes,
      Resource: objects('cosignatures/*'),
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': arnOf(template, 'AWS::IAM::Role', 'RequesterRole') } },
    });
    const others = ['archive/*', 'cosignatures/*'].map(objects);
    expect(statement('OnlyTheSealerWrites')).toMatchObject({ Action: writes, NotResource: others });
    const replaceable = [
      'archive/counts/*',
      'archive/position',
      'cosignatures/*',
      'logs/*/checkpoint',
      'logs/*/head',
    ].map(objects);
    expect(statement('CheckpointsAreReplacedIfUnchanged')).toMatchObject({ Resource: replaceable });
  });

  it('knows the witnesses, as do the functions that show checkpoints', () => {
    const WITNESSES = JSON.stringify(witnessSettings.witnesses);
    for (const entry of ['request-cosignatures', 'get-log', 'get-proof']) {
      expect(findFunction(template, entry).environment, entry).toMatchObject({ WITNESSES });
    }
    expect(findFunction(template, 'seal').environment).not.toHaveProperty('WITNESSES');
  });

  it('starts every minute', () => {
    expect(propertiesOf(template, 'AWS::Events::Rule', 'LogWitnesses')).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
    });
  });

  it('does not exist without witnesses', () => {
    const without = synthesize(poolSettings);
    expect(() => findFunction(without, 'request-cosignatures')).toThrow('has no function');
    expect(JSON.stringify(without.toJSON())).not.toContain('cosignatures/');
    expect(findFunction(without, 'get-log').environment).not.toHaveProperty('WITNESSES');
  });
});
