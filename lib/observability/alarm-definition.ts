// One thing that is worth waking somebody for.
import type { ComparisonOperator, IMetric } from 'aws-cdk-lib/aws-cloudwatch';

export interface AlarmDefinition {
  /** Name of the alarm after the stage, and of its section in the runbook (`Alarm: <section>`). */
  readonly section: string;
  /**
   * Which of several parts it watches, where one section speaks of all of them.
   * @default the section has one alarm
   */
  readonly of?: string;
  /** One sentence: what is the case when it alarms. */
  readonly means: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** @default the metric is at or above the threshold */
  readonly comparison?: ComparisonOperator;
  /**
   * Periods that are looked at.
   * @default 1
   */
  readonly periods?: number;
  /**
   * How many of them have to be beyond the threshold.
   * @default all
   */
  readonly periodsBeyond?: number;
  /**
   * What a period without a value means: `ok`, as for a count, which has no value while it is zero; `bad`; or `unchanged`,
   * which keeps the alarm in its state.
   * @default ok
   */
  readonly missing?: 'ok' | 'bad' | 'unchanged';
}
