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
   * Whether a period without any value is as bad as one beyond the threshold.
   * @default false; a count without a value is zero
   */
  readonly missingIsBad?: boolean;
}
