// A small template with what the sealed log needs: a table with a stream, a bucket with Object Lock, a signing key, and
// a function on a schedule with a role that can use them.
import { assetsWith } from './small-stack.ts';

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const account = { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] } };

/** Creates a new copy, which tests can change. */
export function logTemplate() {
  // biome-ignore lint/suspicious/noExplicitAny: tests can change any part of the template
  const Resources: Record<string, any> = {
    Entries: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    },
    Sequencer: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      },
    },
    Log: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'log', ObjectLockEnabled: true } },
    SigningKey: {
      Type: 'AWS::KMS::Key',
      Properties: {
        KeySpec: 'ECC_NIST_EDWARDS25519',
        KeyUsage: 'SIGN_VERIFY',
        KeyPolicy: document(allow('kms:*', '*', { Principal: account })),
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: document(
          allow('sts:AssumeRole', undefined, { Principal: { Service: 'lambda.amazonaws.com' } }),
        ),
        Policies: [
          {
            PolicyName: 'Seal',
            PolicyDocument: document(
              allow(['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'], {
                'Fn::GetAtt': ['Entries', 'StreamArn'],
              }),
              allow(['kms:Sign', 'kms:GetPublicKey'], arn('SigningKey'), {
                Condition: { StringEquals: { 'kms:SigningAlgorithm': 'ED25519_SHA_512' } },
              }),
              allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObjectVersion'], 'arn:aws:s3:::log/*'),
            ),
          },
        ],
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: 'small.zip' },
        Handler: 'index.handler',
        Role: arn('Role'),
        Runtime: 'nodejs24.x',
      },
    },
    Schedule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 minute)',
        Targets: [{ Id: 'Function', Arn: arn('Function') }],
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: arn('Function'),
        Principal: 'events.amazonaws.com',
        SourceArn: arn('Schedule'),
      },
    },
  };
  return { Resources };
}

/** The function logs each event. */
export const logAssets = () =>
  assetsWith(
    'export const handler = async (event) => { console.log(JSON.stringify({ invokedBy: event })); };',
  );
