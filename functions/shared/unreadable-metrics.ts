// The metrics of entries that cannot be shown. A file of its own in the bundle, loaded when there is something to count.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { metrics } from './metrics.ts';

/** Counts one, and writes it at once. */
export function countUnreadable(metric: string): void {
  metrics.addMetric(metric, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
