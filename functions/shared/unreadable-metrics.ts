// The metrics of entries that cannot be shown. A separate file in the bundle, loaded on demand.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { metrics } from './metrics.ts';

/** Counts one entry and writes the metric immediately. */
export function countUnreadable(metric: string): void {
  metrics.addMetric(metric, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
