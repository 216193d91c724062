// Counts and logs what a run of the requests for cosignatures did.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { cosignatureMetricNames } from '../../core/deployment/metric-names.ts';
import type { CosignatureReport } from '../../core/log/request-cosignatures.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';
import { describeError, logger } from './logs.ts';
import { metrics } from './metrics.ts';

const { cosigned, runs, refused } = cosignatureMetricNames;

/** Problems that one line of the log names. All are counted. */
const maxNamed = 20;

/** Logs only a run that received something or failed. */
export function reportCosignatures(report: CosignatureReport): void {
  const count = (name: string, value: number) => {
    if (value > 0) metrics.addMetric(name, MetricUnit.Count, value);
  };
  count(cosigned, report.cosigned);
  count(runs, report.status === 'done' ? 1 : 0);
  count(refused, report.refused.length);
  if (report.cosigned > 0) logger.info('cosigned', { status: report.status, cosigned: report.cosigned });
  for (const [problems, log, message] of [
    [report.refused, logger.error.bind(logger), 'a witness refused a checkpoint'],
    [report.failed, logger.warn.bind(logger), 'a checkpoint is not cosigned; the next run submits it again'],
  ] as const) {
    if (problems.length > 0) log(message, { count: problems.length, problems: problems.slice(0, maxNamed) });
  }
}

/** Reports a run that failed because a service was unavailable. Throws any other error again, which is a bug. */
export function reportCosignatureFailure(error: unknown): void {
  if (!(error instanceof RequestLogsError) || error.code !== errorCodes.storeUnavailable) throw error;
  logger.warn('a service is unavailable; the next run continues', { error: describeError(error) });
}
