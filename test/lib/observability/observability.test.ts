import { describe, expect, it } from 'vitest';
import { indexNames } from '../../../core/storage/table-attributes.ts';
import { arnOf, findFunction, findId, issuerSettings, propertiesOf, synthesize } from '../synthesize.ts';
import { alarmsOf } from './alarm-view.ts';

const template = synthesize();
const existing = 'arn:aws:sns:eu-west-1:111122223333:pager';

describe('AlarmTopic', () => {
  it('is encrypted with a different key than the ingest queue, so that it still works when that key fails', () => {
    expect(propertiesOf(template, 'AWS::SNS::Topic', 'AlarmTopic')).toMatchObject({
      KmsMasterKeyId: arnOf(template, 'AWS::KMS::Key', 'EncryptionBackstop'),
    });
  });

  it('allows alarms of the own account, because its policy replaces the default policy', () => {
    const { PolicyDocument } = propertiesOf(template, 'AWS::SNS::TopicPolicy', 'AlarmTopic');
    expect(PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: expect.objectContaining({
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          }),
        }),
        expect.objectContaining({
          Effect: 'Deny',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]),
    });
  });

  it('has no subscriber unless one is configured', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    const emails = ['ops@example.com', 'audit@example.com'];
    const subscribed = synthesize({ ...issuerSettings, alarms: { emails } });
    const endpoints = Object.values(subscribed.findResources('AWS::SNS::Subscription')).map(
      ({ Properties }) => [Properties.Protocol, Properties.Endpoint],
    );
    expect(endpoints).toEqual(emails.map((email) => ['email', email]));
  });

  it('is not created when one exists', () => {
    const template = synthesize({ ...issuerSettings, alarms: { topicArn: existing } });
    template.resourceCountIs('AWS::SNS::Topic', 0);
    template.resourceCountIs('AWS::SNS::TopicPolicy', 0);
    for (const { actions } of alarmsOf(template).values()) {
      expect(actions).toEqual({ begins: [existing], ends: [existing] });
    }
  });
});

describe('StackDashboard', () => {
  const body = JSON.stringify(propertiesOf(template, 'AWS::CloudWatch::Dashboard', 'Dashboard'));

  it('is named after stage and region, because dashboard names are global in an account', () => {
    expect(propertiesOf(template, 'AWS::CloudWatch::Dashboard', 'Dashboard')).toMatchObject({
      DashboardName: { 'Fn::Join': ['', ['request-logs-test-', { Ref: 'AWS::Region' }]] },
    });
  });

  it('shows every alarm, and each index by its name', () => {
    for (const id of Object.keys(template.findResources('AWS::CloudWatch::Alarm')))
      expect(body).toContain(id);
    for (const index of Object.values(indexNames)) expect(body).toContain(index);
  });

  it('links to the runbook', () => {
    const runbookUrl = 'https://wiki.example.com/request-logs/runbook';
    const linked = synthesize({ ...issuerSettings, alarms: { runbookUrl } });
    expect(JSON.stringify(linked.findResources('AWS::CloudWatch::Dashboard'))).toContain(`(${runbookUrl})`);
  });
});

describe('SavedQueries', () => {
  it("finds an event in the recorder's log by each id of a log line", () => {
    const { LogGroupNames, QueryString } = propertiesOf(template, 'AWS::Logs::QueryDefinition', 'FindEvent');
    expect(LogGroupNames).toEqual([{ Ref: findId(template, 'AWS::Logs::LogGroup', 'RecorderLogs') }]);
    for (const id of ['entryId', 'eventId', 'traceId', 'requestId', 'messageId', 'xrayTraceId']) {
      expect(QueryString).toContain(`${id} = 'ID'`);
    }
  });
});

describe('tracing', () => {
  it.each(['record', 'list-entries', 'get-openapi'])(
    'is active for %s, whose role can send segments and has no other wildcard',
    (entry) => {
      const { properties, permissions, tracing } = findFunction(template, entry);
      expect(properties.TracingConfig).toEqual({ Mode: 'Active' });
      expect(tracing.map(({ action, resource }) => [action, resource])).toEqual([
        ['xray:PutTelemetryRecords', '*'],
        ['xray:PutTraceSegments', '*'],
      ]);
      expect(permissions.filter(({ resource }) => resource === '*')).toEqual([]);
    },
  );
});
