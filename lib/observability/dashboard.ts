// The CloudWatch dashboard, in the order of an on-call engineer's questions: which alarms are active, whether and how late
// events are recorded, what is stuck, who calls the API, what it costs, and which index is throttled.
import { Aws, Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type MetricName, metricNames } from '../../core/deployment/metric-names.ts';
import { indexNames } from '../../core/storage/table-attributes.ts';
import {
  apiMetric,
  functionMetric,
  oldestMessageAge,
  queueDepth,
  recorderMetric,
  type TableMetricName,
  tableMetric,
  undeliverable,
} from './metrics.ts';
import type { Watched } from './watched.ts';

export interface StackDashboardProps {
  readonly watched: Watched;
  readonly alarms: readonly cloudwatch.IAlarm[];
  /** Name of product and stage. Dashboards of an account share one set of names in all regions. */
  readonly name: string;
  readonly runbookUrl: string;
}

const { SUM, MAXIMUM, percentile } = cloudwatch.Stats;

/** Columns of a dashboard. */
const fullWidth = 24;
const height = 6;

/** The dashboard of one stack. */
export class StackDashboard extends Construct {
  constructor(scope: Construct, id: string, props: StackDashboardProps) {
    super(scope, id);
    const { watched } = props;
    new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: `${props.name}-${Aws.REGION}`,
      defaultInterval: Duration.hours(12),
      widgets: [
        [
          new cloudwatch.AlarmStatusWidget({
            title: 'Alarms',
            alarms: [...props.alarms],
            width: fullWidth,
            height,
          }),
        ],
        [
          new cloudwatch.TextWidget({
            markdown: `**${props.name}**: the [runbook](${props.runbookUrl}) says what each alarm means and what to do.`,
            width: fullWidth,
            height: 1,
          }),
        ],
        recording(watched),
        stuck(watched),
        asking(watched),
        spending(watched),
      ],
    });
  }
}

/** A graph of a third of the width. */
function graph(
  title: string,
  left: cloudwatch.IMetric[],
  more: Partial<cloudwatch.GraphWidgetProps> = {},
): cloudwatch.IWidget {
  return new cloudwatch.GraphWidget({ title, left, width: fullWidth / 3, height, ...more });
}

function axis(label: string): cloudwatch.YAxisProps {
  return { label, showUnits: false, min: 0 };
}

function recording(watched: Watched) {
  const { recorded, duplicates, rejected, deadLettered, recordDelay } = metricNames;
  const { violations, unknownRoles, denials, conflicts, disputes } = metricNames;
  const counts = (...names: MetricName[]) => names.map((name) => recorderMetric(watched, name));
  const delay = (percent: number) =>
    recorderMetric(watched, recordDelay, { statistic: percentile(percent), label: `p${percent}` });
  return [
    graph('Is it recording?', counts(recorded, duplicates, rejected, deadLettered)),
    graph('How late? Time from an action to its entry', [delay(50), delay(99)], { leftYAxis: axis('ms') }),
    graph(
      'Violations, denials and conflicts',
      counts(violations, unknownRoles, denials, conflicts, disputes),
    ),
  ];
}

function stuck(watched: Watched) {
  const { bus, queues } = watched;
  const { ingest, deadLetters, undelivered, rejected } = queues;
  return [
    graph('What is stuck? Messages in queues, and lost events', [
      queueDepth(ingest, 'ingest'),
      queueDepth(deadLetters, 'dead-letter'),
      queueDepth(undelivered, 'undelivered'),
      queueDepth(rejected, 'rejected'),
      ...bus.rules.map((rule) => undeliverable(bus, rule)),
    ]),
    graph('Age of the oldest event in the ingest queue', [oldestMessageAge(ingest, 'ingest')], {
      leftYAxis: axis('s'),
    }),
    graph(
      'The recorder',
      [
        recorderMetric(watched, metricNames.failures),
        functionMetric(watched.recorder, 'Errors').with({ label: 'errors' }),
        functionMetric(watched.recorder, 'Throttles').with({ label: 'throttles' }),
      ],
      {
        right: [
          functionMetric(watched.recorder, 'ConcurrentExecutions', MAXIMUM).with({
            label: 'concurrent batches',
          }),
        ],
        rightAnnotations: [{ value: watched.recorderConcurrency, label: 'setting recorderConcurrency' }],
      },
    ),
  ];
}

function asking({ api, functions, recorder }: Watched) {
  return [
    graph('Who calls? Requests by function', [
      ...functions
        .filter((handler) => handler !== recorder)
        .map((handler) => functionMetric(handler, 'Invocations')),
    ]),
    graph('Responses', [
      apiMetric(api, 'Count', SUM, 'all'),
      apiMetric(api, '4xx', SUM, '4xx'),
      apiMetric(api, '5xx', SUM, '5xx'),
    ]),
    graph(
      'Latency',
      [apiMetric(api, 'Latency', percentile(50), 'p50'), apiMetric(api, 'Latency', percentile(99), 'p99')],
      { leftYAxis: axis('ms') },
    ),
  ];
}

function spending({ tables: { entries, directory, views } }: Watched) {
  const everywhere = (name: TableMetricName) => [
    tableMetric(entries, name, 'entries'),
    tableMetric(directory, name, 'directory'),
    tableMetric(views, name, 'views'),
    ...Object.values(indexNames).map((index) => tableMetric(entries, name, index, index)),
  ];
  return [
    graph('What does it cost? Write units', everywhere('ConsumedWriteCapacityUnits'), { stacked: true }),
    graph('Read units', everywhere('ConsumedReadCapacityUnits'), { stacked: true }),
    graph('Throttled writes and reads, by table and index', [
      ...everywhere('WriteThrottleEvents'),
      ...everywhere('ReadThrottleEvents').map((metric) => metric.with({ label: `${metric.label} (reads)` })),
    ]),
  ];
}
