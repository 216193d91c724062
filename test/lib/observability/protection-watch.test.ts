import { describe, expect, it } from 'vitest';
import { ruleKind } from '../../../local/cloudformation/kinds/events.ts';
import { loadStack } from '../../../local/cloudformation/stack.ts';
import { parseTemplate } from '../../../local/cloudformation/template.ts';
import { compilePattern } from '../../../local/event-bus/pattern.ts';
import { arnOf, findId, issuerSettings, propertiesOf, synthesize } from '../synthesize.ts';
import { alarmsOf } from './alarm-view.ts';

const template = synthesize();
const account = '210987654321';
const stack = loadStack(parseTemplate(template.toJSON()), {
  stackName: 'RequestLogs-test',
  accountId: account,
  region: 'eu-west-1',
  gatewayUrl: `https://sqs.eu-west-1.amazonaws.com`,
});
const rule = stack.resources(ruleKind).find(({ logicalId }) => logicalId.includes('Protection'));
const matches = compilePattern(rule?.properties.EventPattern ?? {});
const table = 'RequestLogs-test-TablesEntriesB4C203C1';
const tableArn = `arn:aws:dynamodb:eu-west-1:${account}:table/${table}`;

function call(service: string, eventName: string, requestParameters: object, more: object = {}) {
  return {
    source: `aws.${service}`,
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventSource: `${service}.amazonaws.com`, eventName, requestParameters, ...more },
  };
}

describe('ProtectionWatch', () => {
  it.each([
    ['dynamodb', 'PutResourcePolicy', { resourceArn: tableArn }],
    ['dynamodb', 'DeleteResourcePolicy', { resourceArn: tableArn }],
    ['dynamodb', 'UpdateTimeToLive', { tableName: table }],
    ['dynamodb', 'UpdateTable', { tableName: table, deletionProtectionEnabled: false }],
    ['dynamodb', 'UpdateTable', { tableName: tableArn, replicaUpdates: [{ create: {} }] }],
    ['dynamodb', 'UpdateContinuousBackups', { tableName: table }],
    ['dynamodb', 'DeleteTable', { tableName: table }],
    ['dynamodb', 'CreateTableReplica', { tableName: table }],
    ['s3', 'PutBucketPolicy', { bucketName: 'requestlogs-test-overflowbucket8a14bf62' }],
    [
      'sqs',
      'SetQueueAttributes',
      {
        queueUrl: `https://sqs.eu-west-1.amazonaws.com/${account}/RequestLogs-test-IngestQueuesIngest58897A8F`,
      },
    ],
  ])('matches %s %s on a resource of the stack', (service, name, parameters) => {
    expect(matches(call(service, name, parameters))).toBe(true);
  });

  it.each(['DisableKey', 'ScheduleKeyDeletion', 'PutKeyPolicy'])(
    'matches %s on each key of the stack',
    (name) => {
      const keys = Object.keys(template.findResources('AWS::KMS::Key'));
      const pattern = JSON.stringify(propertiesOf(template, 'AWS::Events::Rule', 'Protection').EventPattern);
      for (const key of keys) {
        expect(pattern).toContain(`{"keyId":[`);
        expect(pattern).toContain(`{"Ref":"${key}"}`);
        expect(pattern).toContain(`{"Fn::GetAtt":["${key}","Arn"]}`);
      }
      expect(pattern).toContain(`"${name}"`);
    },
  );

  it('matches an attempt that failed', () => {
    const denied = call('dynamodb', 'DeleteTable', { tableName: table }, { errorCode: 'AccessDenied' });
    expect(matches(denied)).toBe(true);
  });

  it.each([
    ['dynamodb', 'UpdateTable', { tableName: 'somebody-elses' }],
    ['dynamodb', 'DescribeTable', { tableName: table }],
    ['kms', 'DisableKey', { keyId: '11111111-2222-3333-4444-555555555555' }],
    ['ec2', 'RunInstances', {}],
  ])('does not match %s %s on %j', (service, name, parameters) => {
    expect(matches(call(service, name, parameters))).toBe(false);
  });

  it('keeps its pattern within the size limit of EventBridge', () => {
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
    expect(JSON.stringify(rule?.properties.EventPattern).length).toBeLessThanOrEqual(4_096);
  });

  it('is on the default bus and publishes to the alarm topic, whose policy allows it', () => {
    const properties = propertiesOf(template, 'AWS::Events::Rule', 'Protection');
    expect(properties).not.toHaveProperty('EventBusName');
    expect(properties).toMatchObject({
      State: 'ENABLED',
      Targets: [{ Arn: { Ref: findId(template, 'AWS::SNS::Topic', 'AlarmTopic') } }],
    });
    const { PolicyDocument } = propertiesOf(template, 'AWS::SNS::TopicPolicy', 'AlarmTopic');
    expect(PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'events.amazonaws.com' },
        }),
      ]),
    });
  });

  it('publishes to an existing topic', () => {
    const topicArn = 'arn:aws:sns:eu-west-1:111122223333:pager';
    const template = synthesize({ ...issuerSettings, alarms: { topicArn } });
    expect(propertiesOf(template, 'AWS::Events::Rule', 'Protection')).toMatchObject({
      Targets: [{ Arn: topicArn }],
    });
  });

  it('raises an alarm too, for topics that only allow CloudWatch', () => {
    expect(alarmsOf(template).get('request-logs-test-protection-changed')).toMatchObject({
      metric: 'AWS/Events TriggeredRules',
      dimensions: { RuleName: { Ref: findId(template, 'AWS::Events::Rule', 'Protection') } },
      threshold: 1,
    });
  });

  it('watches the tables, the bucket and the queues of the stack', () => {
    const pattern = JSON.stringify(propertiesOf(template, 'AWS::Events::Rule', 'Protection').EventPattern);
    for (const name of ['Entries', 'Directory', 'Views']) {
      expect(pattern).toContain(JSON.stringify(arnOf(template, 'AWS::DynamoDB::Table', name)));
    }
    expect(pattern).toContain(JSON.stringify({ Ref: findId(template, 'AWS::S3::Bucket', 'Overflow') }));
    for (const id of Object.keys(template.findResources('AWS::SQS::Queue'))) {
      expect(pattern).toContain(JSON.stringify({ Ref: id }));
    }
  });
});
