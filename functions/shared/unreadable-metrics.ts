// The metrics of entries that cannot be shown. A separate file in the bundle, loaded on demand.
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** The alarms watch the metrics of this function. Exports count there too. */
const metrics = new Metrics({ serviceName: 'get-entry' });

/** Counts one entry and writes the metric immediately. */
export function countUnreadable(metric: string): void {
  metrics.addMetric(metric, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
