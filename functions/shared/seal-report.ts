// Counts and logs what a run of the sealer did.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { sealMetricNames } from '../../core/deployment/metric-names.ts';
import { isLogContradicted } from '../../core/log/log-error.ts';
import type { SealReport } from '../../core/log/sealer.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';
import { describeError, logger } from './logs.ts';
import { metrics } from './metrics.ts';

const { sealed, runs, delay, evidence, contradictions, lostRecords } = sealMetricNames;

/** Logs only a run that did something, because most runs of a quiet stack find nothing. */
export function reportRun(report: SealReport): void {
  const count = (name: string, value: number) => {
    if (value > 0) metrics.addMetric(name, MetricUnit.Count, value);
  };
  count(sealed, report.sealed);
  count(runs, report.status === 'done' ? 1 : 0);
  count(evidence, report.evidence);
  count(lostRecords, report.hasLostRecords ? 1 : 0);
  if (report.sealed > 0) metrics.addMetric(delay, MetricUnit.Milliseconds, report.longestWaitMillis);
  if (report.batches > 0 || report.hasLostRecords) logger.info('sealed', { ...report });
  if (report.evidence > 0) logger.error('the entries table was tampered with', { evidence: report.evidence });
}

/** Reports a run of the sealer that failed, as `reportLogFailure` does. */
export function reportFailure(error: unknown): void {
  reportLogFailure(error, contradictions);
}

/**
 * Reports a failed run if the next run repairs it or an alarm reports it. Rethrows any other error, which is a bug. `metricName` counts runs that found a contradiction.
 */
export function reportLogFailure(error: unknown, metricName: string): void {
  if (isLogContradicted(error)) {
    metrics.addMetric(metricName, MetricUnit.Count, 1);
    // The message names objects of the log, and has no content of entries.
    logger.error('the sealed log contradicts itself', {
      reason: (error as Error).message,
      error: describeError(error),
    });
    return;
  }
  if (!(error instanceof RequestLogsError) || error.code !== errorCodes.storeUnavailable) throw error;
  logger.warn('a service is unavailable; the next run continues', { error: describeError(error) });
}
