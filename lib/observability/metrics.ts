// The metrics that alarms and the dashboard read, with the dimensions of their service.
import { Duration, Fn } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  type ArchiveMetricName,
  type CosignatureMetricName,
  getEntryMetricNames,
  type MetricName,
  type SealMetricName,
} from '../../core/deployment/metric-names.ts';
import type { Bus } from '../constructs/bus.ts';
import type { LogWitnesses } from '../constructs/log-witnesses.ts';
import type { NodeFunction } from '../constructs/node-function.ts';
import type { Watched } from './watched.ts';

/** Period of most metrics. SQS publishes its metrics every minute. */
export const period = Duration.minutes(5);

/** A custom metric of a function. A period in which nothing was counted has no value. */
function ownMetric(
  { metricsNamespace }: Watched,
  service: string,
  metricName: string,
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service },
    statistic: Stats.SUM,
    period,
    ...options,
  });
}

/** A custom metric of the recorder. */
export function recorderMetric(watched: Watched, name: MetricName, options: MetricOptions = {}): Metric {
  return ownMetric(watched, watched.recorder.entry, name, options);
}

/** A custom metric of the sealer. */
export function sealerMetric(watched: Watched, name: SealMetricName, options: MetricOptions = {}): Metric {
  return ownMetric(watched, watched.sealedLog.sealer.entry, name, options);
}

/** A custom metric of the archiver. */
export function archiverMetric(
  watched: Watched,
  name: ArchiveMetricName,
  options: MetricOptions = {},
): Metric {
  return ownMetric(watched, watched.logArchive.archiver.entry, name, options);
}

/** A custom metric of the function that requests cosignatures. */
export function cosignatureMetric(
  watched: Watched,
  { requester }: LogWitnesses,
  name: CosignatureMetricName,
  options: MetricOptions = {},
): Metric {
  return ownMetric(watched, requester.entry, name, options);
}

/** Responses of `get-entry` with STATES_UNREADABLE. */
export function statesUnreadable(watched: Watched): Metric {
  return ownMetric(watched, 'get-entry', getEntryMetricNames.statesUnreadable);
}

/** Responses of `get-entry` with ENTRY_ALTERED. */
export function alteredEntries(watched: Watched): Metric {
  return ownMetric(watched, 'get-entry', getEntryMetricNames.altered);
}

/** Maximum number of visible messages in a queue. */
export function queueDepth(queue: sqs.IQueue, label?: string): Metric {
  return queue.metricApproximateNumberOfMessagesVisible({
    statistic: Stats.MAXIMUM,
    period,
    ...(label !== undefined && { label }),
  });
}

/** Age of the oldest message in seconds. */
export function oldestMessageAge(queue: sqs.IQueue, label?: string): Metric {
  return queue.metricApproximateAgeOfOldestMessage({
    statistic: Stats.MAXIMUM,
    period,
    ...(label !== undefined && { label }),
  });
}

/**
 * Events of a rule that EventBridge could deliver neither to its queue nor to the undelivered queue
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html).
 */
export function undeliverable({ bus }: Bus, rule: events.Rule): Metric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'InvocationsFailedToBeSentToDlq',
    dimensionsMap: {
      EventBusName: bus.eventBusName,
      // For a rule on a custom bus, `Ref` (and therefore `ruleName`) returns `<bus>|<rule>`. Its ARN ends in
      // `rule/<bus>/<rule>`.
      RuleName: Fn.select(2, Fn.split('/', rule.ruleArn)),
    },
    statistic: Stats.SUM,
    period,
    label: `lost: ${rule.node.id.toLowerCase()}`,
  });
}

/** Events that a rule on the default bus matched. */
export function matchedByRule({ ruleName }: events.Rule): Metric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'TriggeredRules',
    dimensionsMap: { RuleName: ruleName },
    statistic: Stats.SUM,
    period,
  });
}

export type FunctionMetricName = 'Errors' | 'Throttles' | 'Invocations' | 'Duration' | 'ConcurrentExecutions';

export function functionMetric(
  { handler, entry }: NodeFunction,
  metricName: FunctionMetricName,
  statistic: string = Stats.SUM,
): Metric {
  return handler.metric(metricName, { statistic, period, label: entry });
}

export type TableMetricName =
  | 'WriteThrottleEvents'
  | 'ReadThrottleEvents'
  | 'ConsumedWriteCapacityUnits'
  | 'ConsumedReadCapacityUnits';

/**
 * A metric of a table, or of one of its indexes. The metrics of a table do not include its indexes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html).
 */
export function tableMetric(
  table: dynamodb.Table,
  metricName: TableMetricName,
  label: string,
  indexName?: string,
): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: {
      TableName: table.tableName,
      ...(indexName !== undefined && { GlobalSecondaryIndexName: indexName }),
    },
    statistic: Stats.SUM,
    period,
    label,
  });
}

export type ApiMetricName = 'Count' | '4xx' | '5xx' | 'Latency';

/** A metric of the HTTP API over all its routes. */
export function apiMetric(
  api: apigateway.HttpApi,
  metricName: ApiMetricName,
  statistic: string,
  label: string,
): Metric {
  return api.metric(metricName, { statistic, period, label });
}
