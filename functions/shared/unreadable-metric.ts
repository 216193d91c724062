// The metric of states that could not be shown. A file of its own in the bundle, read when the first is counted.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { getEntryMetricNames } from '../../core/deployment/metric-names.ts';
import { metrics } from './metrics.ts';

/** Counts one, and writes it at once. */
export function countUnreadableStates(): void {
  metrics.addMetric(getEntryMetricNames.statesUnreadable, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
