// Reads alarms from a template, whether CDK wrote their metric inline or as a list of metrics.
import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod/mini';

const dimensionsSchema = z.optional(z.array(z.object({ Name: z.string(), Value: z.unknown() })));

const alarmSchema = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.unknown(),
  OKActions: z.unknown(),
  ComparisonOperator: z.string(),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  TreatMissingData: z.string(),
  Namespace: z.optional(z.string()),
  MetricName: z.optional(z.string()),
  Dimensions: dimensionsSchema,
  Period: z.optional(z.number()),
  Statistic: z.optional(z.string()),
  ExtendedStatistic: z.optional(z.string()),
  Metrics: z.optional(
    z.array(
      z.object({
        MetricStat: z.object({
          Metric: z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensionsSchema }),
          Period: z.number(),
          Stat: z.string(),
        }),
      }),
    ),
  ),
});

export interface AlarmView {
  readonly description: string;
  /** Namespace and name. */
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly statistic: string | undefined;
  readonly periodSeconds: number;
  readonly periods: number;
  readonly threshold: number;
  readonly comparison: string;
  readonly missing: string;
  readonly actions: { readonly begins: unknown; readonly ends: unknown };
}

/** Returns every alarm by name. */
export function alarmsOf(template: Template): ReadonlyMap<string, AlarmView> {
  return new Map(
    Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => {
      const alarm = alarmSchema.parse(Properties);
      const listed = alarm.Metrics?.[0]?.MetricStat;
      const { Namespace, MetricName, Dimensions } = listed?.Metric ?? alarm;
      return [
        alarm.AlarmName,
        {
          description: alarm.AlarmDescription,
          metric: `${Namespace} ${MetricName}`,
          dimensions: Object.fromEntries(Dimensions?.map(({ Name, Value }) => [Name, Value]) ?? []),
          statistic: listed?.Stat ?? alarm.Statistic ?? alarm.ExtendedStatistic,
          periodSeconds: listed?.Period ?? alarm.Period ?? 0,
          periods: alarm.EvaluationPeriods,
          threshold: alarm.Threshold,
          comparison: alarm.ComparisonOperator,
          missing: alarm.TreatMissingData,
          actions: { begins: alarm.AlarmActions, ends: alarm.OKActions },
        },
      ];
    }),
  );
}
