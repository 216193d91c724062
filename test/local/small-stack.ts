// A small template: event bus → rule → queue → function, an API route, a table, and a key. Tests can change it before loading.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are CloudFormation's
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const allow = (Action: string | string[], Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

const rootOfAccount = { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] } };

/** Creates a new copy. `Resources` is loosely typed so that tests can change it. */
export function smallTemplate() {
  // biome-ignore lint/suspicious/noExplicitAny: tests can change any part of the template
  const Resources: Record<string, any> = {
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        EnableKeyRotation: true,
        KeyPolicy: document(
          allow('kms:*', '*', { Principal: rootOfAccount }),
          allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*', {
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ),
      },
    },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'user', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byUser',
            KeySchema: [{ AttributeName: 'user', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: arn('Key') },
        ResourcePolicy: {
          PolicyDocument: document({
            Effect: 'Deny',
            Principal: '*',
            Action: 'dynamodb:DeleteItem',
            Resource: '*',
          }),
        },
      },
    },
    DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: arn('Key') } },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        KmsMasterKeyId: arn('Key'),
        VisibilityTimeout: 1,
        RedrivePolicy: { deadLetterTargetArn: arn('DeadLetters'), maxReceiveCount: 2 },
      },
    },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: document(
          allow('sqs:SendMessage', arn('Queue'), {
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': arn('Rule') } },
          }),
        ),
      },
    },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'small' } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        EventPattern: { source: ['shop'] },
        Targets: [{ Id: 'Queue', Arn: arn('Queue') }],
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: document(
          allow('sts:AssumeRole', undefined, { Principal: { Service: 'lambda.amazonaws.com' } }),
        ),
      },
    },
    RolePolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'RolePolicy',
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: document(
          allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arn('Queue')),
          allow(['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'], arn('Table')),
          allow('dynamodb:Query', { 'Fn::Sub': '${Table.Arn}/index/byUser' }),
          allow(['kms:Decrypt', 'kms:GenerateDataKey'], arn('Key')),
        ),
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: 'small.zip' },
        Handler: 'index.handler',
        Role: arn('Role'),
        Runtime: 'nodejs24.x',
        Timeout: 2,
        Environment: { Variables: { TABLE_NAME: { Ref: 'Table' } } },
      },
    },
    Source: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: arn('Queue'),
        FunctionName: { Ref: 'Function' },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
    },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: { Ref: 'Api' },
        Name: 'Issuer',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: ['small'], Issuer: 'http://localhost:3000/_local/issuer' },
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arn('Function'),
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: 'GET /things/{id}',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
        AuthorizationType: 'JWT',
        AuthorizerId: { Ref: 'Authorizer' },
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: arn('Function'),
        Principal: 'apigateway.amazonaws.com',
        SourceArn: {
          'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/things/{id}',
        },
      },
    },
  };
  return { Resources };
}

/** Creates a folder in the format of `cdk synth`, with one bundle that contains the handler. */
export function assetsWith(handler: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'request-logs-assets-'));
  mkdirSync(join(folder, 'asset.small'));
  writeFileSync(join(folder, 'asset.small', 'index.mjs'), handler);
  const files = {
    small: { source: { path: 'asset.small' }, destinations: { here: { objectKey: 'small.zip' } } },
  };
  writeFileSync(join(folder, 'Small.assets.json'), JSON.stringify({ files }));
  return folder;
}
