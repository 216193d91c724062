// Counts and logs what a run of the archiver did.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { archiveMetricNames } from '../../core/deployment/metric-names.ts';
import type { ArchiveReport } from '../../core/log/archiver.ts';
import type { CountIndexReport } from '../../core/log/index-counts.ts';
import { logger } from './logs.ts';
import { metrics } from './metrics.ts';
import { reportLogFailure } from './seal-report.ts';

const { archived, runs, contradictions } = archiveMetricNames;

/** Logs only a run that archived something. */
export function reportArchived(report: ArchiveReport): void {
  if (report.status === 'done') metrics.addMetric(runs, MetricUnit.Count, 1);
  if (report.archived === 0) return;
  metrics.addMetric(archived, MetricUnit.Count, report.archived);
  logger.info('archived', { ...report });
}

/** Logs only a run that added entries to the segments. */
export function reportIndexed(report: CountIndexReport): void {
  if (report.added > 0) logger.info('segments of counts written', { ...report });
}

/** Reports a run that failed, like `reportFailure` of the sealer. */
export function reportUnarchived(error: unknown): void {
  reportLogFailure(error, contradictions);
}
