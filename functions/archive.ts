// Writes what was sealed to the segments that counts are read from, and to the archive: lines with all fields, and column
// files. The schedule invokes it; a run can end at any point, and the next one continues.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import { archive } from '../core/log/archiver.ts';
import { indexCounts } from '../core/log/index-counts.ts';
import { reportArchived, reportIndexed, reportUnarchived } from './shared/archive-report.ts';
import { connectArchiver } from './shared/archiving.ts';
import { logger } from './shared/logs.ts';
import { metrics } from './shared/metrics.ts';

/** A run starts no group of objects after this time, so that it ends before the timeout of the function. */
const runMillis = 180_000;

const { ports, intervalMillis, lockDays } = connectArchiver();

export const handler = middy()
  .use(injectLambdaContext(logger, { clearState: true }))
  .use(logMetrics(metrics))
  .handler(async () => {
    const untilMillis = Date.now() + runMillis;
    try {
      reportIndexed(await indexCounts(ports, { untilMillis }));
    } catch (error) {
      reportUnarchived(error);
    }
    try {
      reportArchived(await archive(ports, { intervalMillis, lockDays, untilMillis }));
    } catch (error) {
      reportUnarchived(error);
    }
  });
