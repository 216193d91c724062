// What CloudFormation needs to deploy the stack: two policies for `cdk bootstrap --cloudformation-execution-policies`. They
// have one row for each resource type of the template, with the actions that the type's handlers call (CloudFormation
// registry) for the properties that the stack uses, limited to our own names where AWS lets the stack choose them.

interface Row {
  readonly actions: readonly string[];
  /** ARNs. Names that CloudFormation chooses begin with the stack's name, names that we choose with `request-logs-`. */
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, unknown>>;
}

const everything = ['*'];
const tagging = (service: string, list: string) =>
  [list, 'TagResource', 'UntagResource'].map((action) => `${service}:${action}`);
const named = (arn: string) => [`arn:aws:${arn}`];

const httpApi: Row = {
  actions: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT', 'TagResource', 'UntagResource'].map(
    (action) => `apigateway:${action}`,
  ),
  resources: [
    'arn:aws:apigateway:*::/apis',
    'arn:aws:apigateway:*::/apis/*',
    'arn:aws:apigateway:*::/tags/*',
  ],
};

const role: Row = {
  actions: [
    'iam:CreateRole',
    'iam:DeleteRole',
    'iam:DeleteRolePolicy',
    'iam:GetRole',
    'iam:GetRolePolicy',
    'iam:List*RolePolicies',
    'iam:PutRolePolicy',
    'iam:TagRole',
    'iam:UntagRole',
    'iam:UpdateAssumeRolePolicy',
    'iam:UpdateRole*',
  ],
  resources: named('iam::*:role/RequestLogs-*'),
};

const lambdaFunction: Row = {
  actions: [
    'lambda:AddPermission',
    'lambda:CreateFunction',
    'lambda:DeleteFunction',
    'lambda:GetFunction*',
    'lambda:GetPolicy',
    'lambda:GetRuntimeManagementConfig',
    'lambda:ListTags',
    'lambda:RemovePermission',
    'lambda:TagResource',
    'lambda:UntagResource',
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
  ],
  resources: named('lambda:*:*:function:RequestLogs-*'),
};

const queue: Row = {
  actions: [
    'sqs:CreateQueue',
    'sqs:DeleteQueue',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ListQueueTags',
    'sqs:SetQueueAttributes',
    'sqs:TagQueue',
    'sqs:UntagQueue',
  ],
  resources: named('sqs:*:*:RequestLogs-*'),
};

const topic: Row = {
  actions: [
    'sns:CreateTopic',
    'sns:DeleteTopic',
    'sns:GetDataProtectionPolicy',
    'sns:GetSubscriptionAttributes',
    'sns:GetTopicAttributes',
    'sns:ListSubscriptionsByTopic',
    'sns:SetSubscriptionAttributes',
    'sns:SetTopicAttributes',
    'sns:Subscribe',
    'sns:Unsubscribe',
    ...tagging('sns', 'ListTagsForResource'),
  ],
  resources: named('sns:*:*:RequestLogs-*'),
};

const userPool: Row = {
  actions: [
    'cognito-idp:*ManagedLoginBranding*',
    'cognito-idp:*UserPoolDomain',
    'cognito-idp:AddCustomAttributes',
    'cognito-idp:CreateUserPool',
    'cognito-idp:CreateUserPoolClient',
    'cognito-idp:DeleteUserPool',
    'cognito-idp:DeleteUserPoolClient',
    'cognito-idp:DescribeUserPool*',
    'cognito-idp:GetUserPoolMfaConfig',
    'cognito-idp:SetUserPoolMfaConfig',
    'cognito-idp:UpdateUserPool*',
    ...tagging('cognito-idp', 'ListTagsForResource'),
  ],
  resources: everything,
};

/** CloudFront chooses the IDs, so no ARN says whose they are. By type: the policy has no room for each action. */
const cloudFront: Row = {
  actions: [
    ...['CachePolicy', 'Distribution', 'Function', 'OriginAccessControl', 'ResponseHeadersPolicy'].map(
      (type) => `cloudfront:*${type}*`,
    ),
    ...tagging('cloudfront', 'ListTagsForResource'),
  ],
  resources: everything,
};

/** CloudFormation names a bucket after the stack, in lower case. */
const bucket: Row = {
  actions: [
    's3:*EncryptionConfiguration',
    's3:*LifecycleConfiguration',
    's3:CreateBucket',
    's3:DeleteBucket*',
    's3:GetBucket*',
    's3:ListBucket',
    's3:PutBucket*',
  ],
  resources: named('s3:::requestlogs-*'),
};

const layer: Row = {
  actions: ['lambda:DeleteLayerVersion', 'lambda:GetLayerVersion', 'lambda:PublishLayerVersion'],
  resources: [
    // CloudFormation names a layer by its logical id alone.
    'arn:aws:lambda:*:*:layer:DashboardDeployment*',
  ],
};

const bus: Row = {
  actions: [
    'events:CreateArchive',
    'events:CreateEventBus',
    'events:DeleteArchive',
    'events:DeleteEventBus',
    'events:DeleteRule',
    'events:Describe*',
    'events:ListTargetsByRule',
    'events:PutRule',
    'events:PutTargets',
    'events:RemoveTargets',
    'events:UpdateArchive',
    'events:UpdateEventBus',
    ...tagging('events', 'ListTagsForResource'),
  ],
  resources: [
    'arn:aws:events:*:*:event-bus/request-logs-*',
    'arn:aws:events:*:*:rule/request-logs-*',
    // The rule on the default bus has a name that CloudFormation chooses.
    'arn:aws:events:*:*:rule/RequestLogs-*',
    // CloudFormation chooses an archive's name and cuts it to 48 characters.
    'arn:aws:events:*:*:archive/*',
  ],
};

/** By resource type; types of one row are granted together. */
const rows: Readonly<Record<string, Row>> = {
  'AWS::ApiGatewayV2::Api': httpApi,
  'AWS::ApiGatewayV2::Authorizer': httpApi,
  'AWS::ApiGatewayV2::Integration': httpApi,
  'AWS::ApiGatewayV2::Route': httpApi,
  'AWS::ApiGatewayV2::Stage': httpApi,
  'AWS::CloudFront::CachePolicy': cloudFront,
  'AWS::CloudFront::Distribution': cloudFront,
  'AWS::CloudFront::Function': cloudFront,
  'AWS::CloudFront::OriginAccessControl': cloudFront,
  'AWS::CloudFront::ResponseHeadersPolicy': cloudFront,
  'AWS::CloudWatch::Alarm': {
    actions: [
      'cloudwatch:DeleteAlarms',
      'cloudwatch:DescribeAlarms',
      'cloudwatch:PutMetricAlarm',
      ...tagging('cloudwatch', 'ListTagsForResource'),
    ],
    resources: named('cloudwatch:*:*:alarm:request-logs-*'),
  },
  'AWS::CloudWatch::Dashboard': {
    actions: ['cloudwatch:DeleteDashboards', 'cloudwatch:GetDashboard', 'cloudwatch:PutDashboard'],
    resources: named('cloudwatch::*:dashboard/request-logs-*'),
  },
  'AWS::Cognito::UserPool': userPool,
  'AWS::Cognito::ManagedLoginBranding': userPool,
  'AWS::Cognito::UserPoolClient': userPool,
  'AWS::Cognito::UserPoolDomain': userPool,
  'AWS::DynamoDB::Table': {
    actions: [
      'dynamodb:CreateTable',
      'dynamodb:DeleteResourcePolicy',
      'dynamodb:DeleteTable',
      'dynamodb:Describe*',
      'dynamodb:GetResourcePolicy',
      'dynamodb:ListTagsOfResource',
      'dynamodb:PutResourcePolicy',
      'dynamodb:TagResource',
      'dynamodb:UntagResource',
      'dynamodb:UpdateContinuousBackups',
      'dynamodb:UpdateTable',
      'dynamodb:UpdateTimeToLive',
    ],
    resources: named('dynamodb:*:*:table/RequestLogs-*'),
  },
  'AWS::Events::Archive': bus,
  'AWS::Events::EventBus': bus,
  'AWS::Events::EventBusPolicy': bus,
  'AWS::Events::Rule': bus,
  'AWS::IAM::Policy': role,
  'AWS::IAM::Role': role,
  'AWS::KMS::Key': {
    actions: [
      'kms:CreateGrant',
      'kms:CreateKey',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:DisableKeyRotation',
      'kms:EnableKeyRotation',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListResourceTags',
      'kms:PutKeyPolicy',
      'kms:ReEncrypt*',
      'kms:ScheduleKeyDeletion',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:UpdateKeyDescription',
    ],
    resources: everything,
  },
  'AWS::Lambda::EventSourceMapping': {
    actions: [
      'lambda:CreateEventSourceMapping',
      'lambda:DeleteEventSourceMapping',
      'lambda:GetEventSourceMapping',
      'lambda:UpdateEventSourceMapping',
    ],
    resources: everything,
  },
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::LayerVersion': layer,
  'AWS::Lambda::Permission': lambdaFunction,
  'AWS::Logs::LogGroup': {
    actions: [
      'logs:AssociateKmsKey',
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:DeleteRetentionPolicy',
      'logs:DisassociateKmsKey',
      'logs:GetDataProtectionPolicy',
      'logs:PutRetentionPolicy',
      ...tagging('logs', 'ListTagsForResource'),
    ],
    resources: named('logs:*:*:log-group:RequestLogs-*'),
  },
  'AWS::Logs::QueryDefinition': {
    actions: ['logs:DeleteQueryDefinition', 'logs:DescribeQueryDefinitions', 'logs:PutQueryDefinition'],
    resources: everything,
  },
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucket,
  'AWS::SNS::Subscription': topic,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topic,
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': queue,
  'Custom::CDKBucketDeployment': {
    actions: ['lambda:InvokeFunction'],
    // The CDK's function; CloudFormation may cut its name.
    resources: named('lambda:*:*:function:RequestLogs-*-CustomCDKBucketDeploym*'),
  },
};

/** Rows that the first policy has no room for. */
const furtherRows: Readonly<Record<string, Row>> = {
  // These actions take no resource.
  'AWS::Events::EventBusPolicy': {
    actions: ['events:PutPermission', 'events:RemovePermission'],
    resources: everything,
  },
  'AWS::Logs::LogGroup': { actions: ['logs:DescribeIndexPolicies'], resources: everything },
  // The handler reads every configuration of a bucket, whether the template has it or not.
  'AWS::S3::Bucket': {
    actions: [
      ...['Accelerate', 'Analytics', 'IntelligentTiering', 'Inventory', 'Metrics', 'Replication'].map(
        (name) => `s3:Get${name}Configuration`,
      ),
      ...tagging('s3', 'ListTagsForResource'),
    ],
    resources: named('s3:::requestlogs-*'),
  },
};

/** For every template: its own assets, and the access log of the API. */
const always: readonly Row[] = [
  { actions: ['ssm:GetParameters'], resources: named('ssm:*:*:parameter/cdk-bootstrap/*') },
  { actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: named('s3:::cdk-*-assets-*/*') },
  {
    actions: [
      'logs:*LogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
    ],
    resources: everything,
  },
  {
    actions: ['iam:PassRole'],
    resources: named('iam::*:role/RequestLogs-*'),
    condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  },
  {
    actions: ['iam:CreateServiceLinkedRole'],
    resources: named('iam::*:role/aws-service-role/ops.apigateway.amazonaws.com/*'),
  },
];

/** The resource types that the policies are for. */
export const deployedTypes: readonly string[] = Object.keys(rows);

interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: Readonly<Record<string, unknown>>;
  }[];
}

/** The policy documents, by the name of their file in docs/. Each fits a managed policy; a deployment needs both. */
export function deployPolicies(): Readonly<Record<string, PolicyDocument>> {
  return {
    'deploy-policy.json': toDocument([...Object.values(rows), ...always]),
    'deploy-policy-2.json': toDocument(Object.values(furtherRows)),
  };
}

/** One statement for each row; types that share a row share its statement. */
function toDocument(all: readonly Row[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [...new Set(all)].map(({ actions, resources, condition }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(condition && { Condition: condition }),
    })),
  };
}
