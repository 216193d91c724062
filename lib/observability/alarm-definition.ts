// The definition of one alarm.
import type { ComparisonOperator, IMetric } from 'aws-cdk-lib/aws-cloudwatch';

export interface AlarmDefinition {
  /** Name of the alarm, after the stage, and of its section in the runbook (`Alarm: <section>`). */
  readonly section: string;
  /**
   * The part that it watches, if a section covers several alarms.
   * @default the section has one alarm
   */
  readonly of?: string;
  /** One sentence: what it means when the alarm starts. */
  readonly means: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** @default greater than or equal to the threshold */
  readonly comparison?: ComparisonOperator;
  /**
   * Periods that are evaluated.
   * @default 1
   */
  readonly periods?: number;
  /**
   * Periods that must breach the threshold.
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
