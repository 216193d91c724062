import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getEntryMetricNames, metricNames } from '../../../core/deployment/metric-names.ts';
import { indexNames } from '../../../core/storage/table-attributes.ts';
import { arnOf, findId, issuerSettings, poolSettings, synthesize, witnessSettings } from '../synthesize.ts';
import { type AlarmView, alarmsOf } from './alarm-view.ts';

const template = synthesize({ ...poolSettings, ...witnessSettings });
const alarms = alarmsOf(template);
const alarm = (name: string) => alarms.get(`request-logs-test-${name}`);

const runbook = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'operating.md'), 'utf8');

/** Sections of the runbook about alarms, by the anchor of their heading. */
const sections = new Map(
  Array.from(runbook.matchAll(/^### (Alarm: .+)\n([\s\S]*?)(?=^##)/gm), ([, heading = '', text = '']) => [
    heading
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
    text,
  ]),
);

const anchorOf = ({ description }: AlarmView) => description.split('#')[1] ?? '';

describe('the runbook', () => {
  it('has a section for each alarm, and the alarm description links to it', () => {
    expect(alarms.size).toBeGreaterThan(30);
    const missing = [...alarms.values()].map(anchorOf).filter((anchor) => !sections.has(anchor));
    expect(missing).toEqual([]);
  });

  it('has no section without an alarm', () => {
    const linked = new Set([...alarms.values()].map(anchorOf));
    expect([...sections.keys()].filter((anchor) => !linked.has(anchor))).toEqual([]);
  });

  it.each([...sections])('explains under %s what it means, where to look first and what to do', (_, text) => {
    for (const part of ['Means', 'Look first', 'Do']) {
      // A sentence or a list.
      expect(text).toMatch(new RegExp(`^- \\*\\*${part}:\\*\\*(?: |\\n  (?:-|1\\.) )\\S`, 'm'));
    }
  });

  it('contains every section that it links to', () => {
    const headings = Array.from(runbook.matchAll(/^##+ (.+)$/gm), ([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, anchor] of runbook.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
  });
});

describe('every alarm', () => {
  it('describes its meaning and links to the configured runbook', () => {
    const runbookUrl = 'https://wiki.example.com/request-logs/runbook';
    const linked = alarmsOf(synthesize({ ...issuerSettings, alarms: { runbookUrl } }));
    for (const [name, { description }] of linked) {
      expect(description, name).toMatch(
        /^[A-Z].{20,}\. https:\/\/wiki\.example\.com\/request-logs\/runbook#alarm-[a-z0-9-]+$/,
      );
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
      expect(description.length).toBeLessThanOrEqual(1024);
    }
  });

  it('notifies the topic when it starts and when it ends', () => {
    const topic = [{ Ref: findId(template, 'AWS::SNS::Topic', 'AlarmTopic') }];
    for (const [name, { actions }] of alarms) expect(actions, name).toEqual({ begins: topic, ends: topic });
  });

  it('evaluates no longer period than CloudWatch allows', () => {
    const longest = alarmsOf(synthesize({ ...issuerSettings, alarms: { silenceHours: 168 } }));
    for (const [name, { periodSeconds, periods }] of longest) {
      const days = periodSeconds >= 3600 ? 7 : 1;
      expect(periodSeconds * periods, name).toBeLessThanOrEqual(days * 86_400);
    }
  });
});

describe('listAlarms', () => {
  it.each([
    ['dead-letters', 'QueuesDeadLetters'],
    ['rejected', 'QueuesRejected'],
    ['undelivered', 'QueuesUndelivered'],
  ])('alarms on the first message in %s, and stays in alarm when SQS sends no values', (name, queue) => {
    expect(alarm(name)).toMatchObject({
      metric: 'AWS/SQS ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: { 'Fn::GetAtt': [findId(template, 'AWS::SQS::Queue', queue), 'QueueName'] } },
      statistic: 'Maximum',
      threshold: 1,
      comparison: 'GreaterThanOrEqualToThreshold',
      missing: 'ignore',
    });
  });

  it('alarms when an event has waited for 15 minutes in the ingest queue', () => {
    expect(alarm('message-age')).toMatchObject({
      metric: 'AWS/SQS ApproximateAgeOfOldestMessage',
      dimensions: {
        QueueName: { 'Fn::GetAtt': [findId(template, 'AWS::SQS::Queue', 'QueuesIngest'), 'QueueName'] },
      },
      threshold: 900,
      missing: 'ignore',
    });
  });

  it.each(['Services', 'Resources', 'Others'])(
    'alarms on each event of rule %s that reached neither of its queues',
    (name) => {
      const rule = arnOf(template, 'AWS::Events::Rule', `Events${name}`);
      expect(alarm(`delivery-failures-${name.toLowerCase()}`)).toMatchObject({
        metric: 'AWS/Events InvocationsFailedToBeSentToDlq',
        dimensions: {
          EventBusName: { Ref: findId(template, 'AWS::Events::EventBus', '') },
          RuleName: { 'Fn::Select': [2, { 'Fn::Split': ['/', rule] }] },
        },
        statistic: 'Sum',
        threshold: 1,
        periods: 1,
        missing: 'notBreaching',
      });
    },
  );

  it.each([
    ['role-violations', metricNames.violations],
    ['conflicts', metricNames.conflicts],
    ['unknown-roles', metricNames.unknownRoles],
    ['untrue-redaction', metricNames.archivedUnredacted],
  ])('alarms on each of the %s of this stage', (name, metric) => {
    expect(alarm(name)).toMatchObject({
      metric: `RequestLogs/test ${metric}`,
      dimensions: { service: 'record' },
      statistic: 'Sum',
      threshold: 1,
      periods: 1,
    });
  });

  it('alarms on a spike of denied attempts of the configured size', () => {
    const denied = {
      metric: `RequestLogs/test ${metricNames.denials}`,
      statistic: 'Sum',
      periodSeconds: 300,
    };
    expect(alarm('denied-attempts')).toMatchObject({ ...denied, threshold: 25 });
    const configured = alarmsOf(synthesize({ ...issuerSettings, alarms: { deniedAttempts: 3 } }));
    expect(configured.get('request-logs-test-denied-attempts')).toMatchObject({ ...denied, threshold: 3 });
  });

  it.each(['dead-letters', 'rejected', 'undelivered'])(
    'alarms four days before the queue %s deletes a message',
    (name) => {
      expect(alarm(`message-expiry-${name}`)).toMatchObject({
        metric: 'AWS/SQS ApproximateAgeOfOldestMessage',
        threshold: 10 * 86_400,
        missing: 'ignore',
      });
    },
  );

  it('alarms on each entry whose states could not be shown', () => {
    const { service, ...others } = alarm('states-unreadable')?.dimensions ?? {};
    expect(others).toEqual({});
    const environments = Object.values(template.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Environment?.Variables,
    );
    expect(environments.map((variables) => variables?.POWERTOOLS_SERVICE_NAME)).toContain(service);
    expect(alarm('states-unreadable')).toMatchObject({
      metric: `RequestLogs/test ${getEntryMetricNames.statesUnreadable}`,
      dimensions: { service: 'get-entry' },
      statistic: 'Sum',
      threshold: 1,
      periods: 1,
      missing: 'notBreaching',
    });
  });

  it('alarms when one entry in a hundred is late', () => {
    expect(alarm('record-delay')).toMatchObject({
      metric: `RequestLogs/test ${metricNames.recordDelay}`,
      statistic: 'p99',
      threshold: 900_000,
    });
  });

  it('alarms when there is no new entry for the configured hours, although no data is reported then', () => {
    const quiet = alarmsOf(synthesize({ ...issuerSettings, alarms: { silenceHours: 6 } }));
    expect(quiet.get('request-logs-test-silence')).toMatchObject({
      metric: `RequestLogs/test ${metricNames.recorded}`,
      comparison: 'LessThanThreshold',
      threshold: 1,
      periodSeconds: 3600,
      periods: 6,
      missing: 'breaching',
    });
  });

  it('alarms on errors, throttles and duration of every function of the stack', () => {
    // The CDK's bucket deployment function runs only during a deployment, which fails with it.
    const functions = Object.entries(template.findResources('AWS::Lambda::Function')).filter(
      ([, { Properties }]) => !Properties.Runtime.startsWith('python'),
    );
    expect(functions.length).toBeGreaterThan(5);
    for (const [logicalId, { Properties }] of functions) {
      const entry = Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME;
      for (const [name, metric] of [
        ['errors', 'Errors'],
        ['throttles', 'Throttles'],
        ['duration', 'Duration'],
      ]) {
        expect(alarm(`function-${name}-${entry}`)).toMatchObject({
          metric: `AWS/Lambda ${metric}`,
          dimensions: { FunctionName: { Ref: logicalId } },
        });
      }
      expect(alarm(`function-duration-${entry}`)?.threshold).toBeCloseTo(0.8 * Properties.Timeout * 1000);
    }
  });

  it.each(Object.values(indexNames))('alarms on throttled writes of index %s', (index) => {
    expect(alarm(`index-throttles-${index}`)).toMatchObject({
      metric: 'AWS/DynamoDB WriteThrottleEvents',
      dimensions: {
        TableName: { Ref: findId(template, 'AWS::DynamoDB::Table', 'Entries') },
        GlobalSecondaryIndexName: index,
      },
      threshold: 1,
    });
  });

  it.each(['entries', 'directory', 'views'])('alarms on throttled writes of the table of the %s', (name) => {
    const dimensions = alarm(`table-throttles-${name}`)?.dimensions;
    expect(Object.keys(dimensions ?? {})).toEqual(['TableName']);
  });

  it.each([
    ['api-5xx', '5xx'],
    ['api-latency', 'Latency'],
  ])('alarms on the API: %s', (name, metric) => {
    expect(alarm(name)).toMatchObject({
      metric: `AWS/ApiGateway ${metric}`,
      dimensions: { ApiId: { Ref: findId(template, 'AWS::ApiGatewayV2::Api', 'Api') } },
    });
  });
});
