// Resource types that AWS acts on and this stack does not. They are listed one by one, with what is missing
// here, so that nothing is left out in silence; `npm start` prints the list.
import * as z from 'zod/mini';
import { defineKind, localArn, type Naming, type ResourceKind } from './resource-kind.ts';

function acceptType(
  type: string,
  reason: string,
  identify: ResourceKind['identify'] = (naming) => ({ ref: naming.generatedName(255), attributes: {} }),
) {
  return { reason, kind: defineKind({ type, properties: z.looseObject({}), accepted: {}, identify }) };
}

const named = (property: string, service: string, resource: (name: string) => string) => (naming: Naming) => {
  const name = naming.property(property) ?? naming.generatedName(255);
  return { ref: name, attributes: { Arn: localArn(naming, service, resource(name)), ArchiveName: name } };
};

export const acceptedTypes = [
  acceptType(
    'AWS::Events::Archive',
    'the archive of the bus: nothing is archived or replayed',
    named('ArchiveName', 'events', (name) => `archive/${name}`),
  ),
  acceptType(
    'AWS::Logs::LogGroup',
    'log groups, their retention and encryption: logs go to files',
    named('LogGroupName', 'logs', (name) => `log-group:${name}:*`),
  ),
  acceptType('AWS::Logs::ResourcePolicy', 'who may write to log groups'),
  acceptType('AWS::Logs::MetricFilter', 'metrics from logs'),
  acceptType('AWS::Logs::QueryDefinition', 'saved log queries'),
  acceptType(
    'AWS::CloudWatch::Alarm',
    'alarms',
    named('AlarmName', 'cloudwatch', (name) => `alarm:${name}`),
  ),
  acceptType(
    'AWS::CloudWatch::CompositeAlarm',
    'alarms',
    named('AlarmName', 'cloudwatch', (name) => `alarm:${name}`),
  ),
  acceptType('AWS::CloudWatch::Dashboard', 'dashboards of metrics'),
  acceptType('AWS::SNS::Topic', 'alarm notifications', (naming) => {
    const name = naming.property('TopicName') ?? naming.generatedName(255);
    const arn = localArn(naming, 'sns', name);
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  }),
  acceptType('AWS::SNS::TopicPolicy', 'alarm notifications'),
  acceptType('AWS::SNS::Subscription', 'alarm notifications'),
  acceptType('AWS::Lambda::LayerVersion', "the AWS CLI of the CDK's deployment function, which is not run"),
  acceptType('AWS::CDK::Metadata', 'usage figures of the CDK'),
] as const;
