// Reports the growth of shards in logs and metrics. A value of an index can be a person's ID, so no log contains it.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricNames } from '../../core/deployment/metric-names.ts';
import type { GrowthReporter } from '../../core/recording/shard-growth.ts';
import { describeError, logger } from './logs.ts';
import { metrics } from './metrics.ts';

export const shardGrowthReporter: GrowthReporter = {
  added: (organizationId, { index, shards, fromMillis }) => {
    metrics.addMetric(metricNames.shardSteps, MetricUnit.Count, 1);
    logger.info('shards added', { organizationId, index, shards, from: new Date(fromMillis).toISOString() });
  },
  failed: (error) => {
    metrics.addMetric(metricNames.shardGrowthFailures, MetricUnit.Count, 1);
    logger.warn('shard growth failed; entries are recorded with the known shards', {
      error: describeError(error),
    });
  },
};
