// Resource types that the local stack accepts but does not emulate. Each is listed with its missing effect, so
// that nothing is ignored silently. `/_local/status` returns the list.
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
    'events are not archived or replayed',
    named('ArchiveName', 'events', (name) => `archive/${name}`),
  ),
  acceptType(
    'AWS::Logs::LogGroup',
    'logs go to files; retention and encryption have no effect',
    named('LogGroupName', 'logs', (name) => `log-group:${name}:*`),
  ),
  acceptType('AWS::Logs::ResourcePolicy', 'permissions to write to log groups are not checked'),
  acceptType('AWS::Logs::MetricFilter', 'no metrics are extracted from logs'),
  acceptType('AWS::Logs::QueryDefinition', 'saved queries are not available'),
  acceptType(
    'AWS::CloudWatch::Alarm',
    'alarms are not evaluated',
    named('AlarmName', 'cloudwatch', (name) => `alarm:${name}`),
  ),
  acceptType(
    'AWS::CloudWatch::CompositeAlarm',
    'alarms are not evaluated',
    named('AlarmName', 'cloudwatch', (name) => `alarm:${name}`),
  ),
  acceptType('AWS::CloudWatch::Dashboard', 'there are no metrics to show'),
  acceptType('AWS::SNS::Topic', 'no notifications are sent', (naming) => {
    const name = naming.property('TopicName') ?? naming.generatedName(255);
    const arn = localArn(naming, 'sns', name);
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  }),
  acceptType('AWS::SNS::TopicPolicy', 'no notifications are sent'),
  acceptType('AWS::SNS::Subscription', 'no notifications are sent'),
  acceptType('AWS::Lambda::LayerVersion', "the CDK's bucket deployment function does not run"),
  acceptType('AWS::CDK::Metadata', 'has no effect'),
] as const;
