// Every alarm with its threshold. The runbook has a section for each; a test compares both.
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import { metricNames } from '../../core/deployment/metric-names.ts';
import { indexNames } from '../../core/storage/table-attributes.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import {
  alteredEntries,
  apiMetric,
  functionMetric,
  matchedByRule,
  oldestMessageAge,
  queueDepth,
  recorderMetric,
  statesUnreadable,
  tableMetric,
  undeliverable,
} from './metrics.ts';
import { protectionSection } from './protection-watch.ts';
import { sealerAlarms } from './sealer-alarms.ts';
import type { Watched } from './watched.ts';

/** The delay above which an entry is late (`late: true`). */
const late = Duration.minutes(15);

/** Four days before a queue deletes a message. */
const expiring = Duration.days(10);

/** Share of a function's timeout above which the alarm starts. */
const durationShare = 0.8;

/** 99th percentile of the latency that raises an alarm. */
const slowAnswer = Duration.seconds(5);

export interface AlarmSettings {
  /** Time without a new entry that raises an alarm: full hours, at most seven days. */
  readonly silence: Duration;
  /** Denied attempts within five minutes that raise an alarm. */
  readonly deniedAttempts: number;
  /** The rule that matches calls which change the protection of entries. */
  readonly protectionRule: events.Rule;
}

/** Every alarm of the stack. */
export function listAlarms(watched: Watched, settings: AlarmSettings): AlarmDefinition[] {
  return [
    {
      section: protectionSection,
      means: 'Someone called an API that changes how entries are protected. The call may have failed.',
      metric: matchedByRule(settings.protectionRule),
      threshold: 1,
    },
    ...queueAlarms(watched),
    ...deliveryAlarms(watched),
    ...recorderAlarms(watched, settings),
    ...sealerAlarms(watched),
    ...watched.functions.flatMap((handler) => functionAlarms(handler)),
    ...tableAlarms(watched),
    ...apiAlarms(watched),
  ];
}

/** SQS publishes no metrics for a queue that was inactive for six hours, even if it contains messages. */
function queueAlarms({ queues }: Watched): AlarmDefinition[] {
  return [
    {
      section: 'dead-letters',
      means: 'Events could not be recorded and are in the dead-letter queue.',
      metric: queueDepth(queues.deadLetters),
      threshold: 1,
      missing: 'unchanged',
    },
    {
      section: 'rejected',
      means: 'Events were rejected and are in the rejected queue, with the reasons.',
      metric: queueDepth(queues.rejected),
      threshold: 1,
      missing: 'unchanged',
    },
    {
      section: 'undelivered',
      means:
        'EventBridge could not deliver events to the ingest queue, and sent them to the undelivered queue.',
      metric: queueDepth(queues.undelivered),
      threshold: 1,
      missing: 'unchanged',
    },
    ...Object.entries({
      'dead-letters': queues.deadLetters,
      rejected: queues.rejected,
      undelivered: queues.undelivered,
    }).map(
      ([name, queue]): AlarmDefinition => ({
        section: 'message-expiry',
        of: name,
        means: `A message has waited ${expiring.toDays()} days in the queue ${name}. SQS deletes it after 14 days.`,
        metric: oldestMessageAge(queue),
        threshold: expiring.toSeconds(),
        missing: 'unchanged',
      }),
    ),
    {
      section: 'message-age',
      means: `The oldest event has waited ${late.toMinutes()} minutes and is not recorded yet.`,
      metric: oldestMessageAge(queues.ingest),
      threshold: late.toSeconds(),
      missing: 'unchanged',
    },
  ];
}

function deliveryAlarms({ bus }: Watched): AlarmDefinition[] {
  return bus.rules.map((rule) => ({
    section: 'delivery-failures',
    of: rule.node.id.toLowerCase(),
    means:
      'EventBridge could neither deliver events nor send them to the undelivered queue. They are lost, unless the archive contains them or their producers emit them again.',
    metric: undeliverable(bus, rule),
    threshold: 1,
  }));
}

function recorderAlarms(watched: Watched, { silence, deniedAttempts }: AlarmSettings): AlarmDefinition[] {
  return [
    {
      section: 'record-failures',
      means:
        'For 15 minutes, messages have returned to the queue, because the recorder gets errors from AWS services.',
      metric: recorderMetric(watched, metricNames.failures),
      threshold: 1,
      periods: 3,
    },
    {
      section: 'refused-inserts',
      means:
        'The table permanently refuses inserts: a permission or the table is missing, or a statement is invalid.',
      metric: recorderMetric(watched, metricNames.refusals),
      threshold: 1,
    },
    {
      section: 'record-delay',
      means: `At the 99th percentile, events are recorded more than ${late.toMinutes()} minutes after they occurred.`,
      metric: recorderMetric(watched, metricNames.recordDelay, { statistic: Stats.percentile(99) }),
      threshold: late.toMilliseconds(),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    },
    {
      section: 'role-violations',
      means:
        'A service allowed an action that the role does not grant, or checked another permission than the action requires.',
      metric: recorderMetric(watched, metricNames.violations),
      threshold: 1,
    },
    {
      section: 'unknown-roles',
      means: 'Someone acted in a role that the role map does not contain.',
      metric: recorderMetric(watched, metricNames.unknownRoles),
      threshold: 1,
    },
    {
      section: 'denied-attempts',
      means: `Services denied at least ${deniedAttempts} attempts in five minutes.`,
      metric: recorderMetric(watched, metricNames.denials),
      threshold: deniedAttempts,
    },
    {
      section: 'untrue-redaction',
      means:
        'An event was marked as redacted but contained a secret. The archive of the bus can contain the secret.',
      metric: recorderMetric(watched, metricNames.archivedUnredacted),
      threshold: 1,
    },
    {
      section: 'conflicts',
      means:
        'An event arrived with the identity of a recorded entry, but with other content or another time.',
      metric: recorderMetric(watched, metricNames.conflicts),
      threshold: 1,
    },
    {
      section: 'silence',
      means: `No new entry was recorded for ${silence.toHours()} hours.`,
      metric: recorderMetric(watched, metricNames.recorded, { period: Duration.hours(1) }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: silence.toHours(),
      missing: 'bad',
    },
  ];
}

function functionAlarms(handler: Watched['recorder']): AlarmDefinition[] {
  const { entry, timeout } = handler;
  return [
    {
      section: 'function-errors',
      of: entry,
      means: `Function ${entry} crashed, timed out, ran out of memory, or could not start.`,
      metric: functionMetric(handler, 'Errors'),
      threshold: 1,
    },
    {
      section: 'function-throttles',
      of: entry,
      means: `Lambda has throttled function ${entry} for 15 minutes: the account's concurrency is exhausted.`,
      metric: functionMetric(handler, 'Throttles'),
      threshold: 1,
      periods: 3,
    },
    {
      section: 'function-duration',
      of: entry,
      means: `Invocations of function ${entry} take more than ${durationShare * 100} % of its timeout of ${timeout.toSeconds()} seconds.`,
      metric: functionMetric(handler, 'Duration', Stats.MAXIMUM),
      threshold: durationShare * timeout.toMilliseconds(),
      periods: 3,
      periodsBeyond: 2,
    },
  ];
}

function tableAlarms({ tables: { entries, directory, views } }: Watched): AlarmDefinition[] {
  const throttled = { threshold: 1, periods: 3, periodsBeyond: 2 };
  return [
    ...Object.values(indexNames).map((index) => ({
      ...throttled,
      section: 'index-throttles',
      of: index,
      means: `DynamoDB throttles writes to index ${index}, which delays every write to the table.`,
      metric: tableMetric(entries, 'WriteThrottleEvents', index, index),
    })),
    ...Object.entries({ entries, directory, views }).map(([name, table]) => ({
      ...throttled,
      section: 'table-throttles',
      of: name,
      means: `DynamoDB throttles writes to the ${name} table.`,
      metric: tableMetric(table, 'WriteThrottleEvents', name),
    })),
  ];
}

function apiAlarms(watched: Watched): AlarmDefinition[] {
  const { api } = watched;
  return [
    {
      section: 'altered-entries',
      means:
        'An entry does not match the content hash that was recorded with it. It was altered in the table.',
      metric: alteredEntries(watched),
      threshold: 1,
    },
    {
      section: 'states-unreadable',
      means: 'Someone requested an entry whose states are missing, changed, or unreadable.',
      metric: statesUnreadable(watched),
      threshold: 1,
    },
    {
      section: 'api-5xx',
      means: 'The API returned at least five server errors in five minutes.',
      metric: apiMetric(api, '5xx', Stats.SUM, '5xx'),
      threshold: 5,
    },
    {
      section: 'api-latency',
      means: `At the 99th percentile, requests take more than ${slowAnswer.toSeconds()} seconds.`,
      metric: apiMetric(api, 'Latency', Stats.percentile(99), 'p99'),
      threshold: slowAnswer.toMilliseconds(),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 3,
    },
  ];
}
