// Seals recorded entries. A schedule invokes it once a minute or less often. For a shorter interval, it runs several times
// in one invocation. A run can end at any point, and the next run continues.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import { seal } from '../core/log/sealer.ts';
import { logger } from './shared/logs.ts';
import { metrics } from './shared/metrics.ts';
import { runAtIntervals } from './shared/run-at-intervals.ts';
import { reportFailure, reportRun } from './shared/seal-report.ts';
import { connectSealer } from './shared/sealing.ts';

/** A run starts no batch after this time, so that it ends before its lease and the timeout of the function. */
const runMillis = 45_000;
const leaseMillis = 60_000;

/** Records in a batch: their item images fit well into the memory of the function. */
const batchRecords = 1_000;

const { ports, identity, lockDays, intervalMillis } = connectSealer();

export const handler = middy()
  .use(injectLambdaContext(logger, { clearState: true }))
  .use(logMetrics(metrics))
  .handler((_, { awsRequestId }) =>
    runAtIntervals(intervalMillis, async () => {
      try {
        const untilMillis = Date.now() + runMillis;
        const options = { identity, holder: awsRequestId, leaseMillis, lockDays, batchRecords, untilMillis };
        reportRun(await seal(ports, options));
      } catch (error) {
        reportFailure(error);
      }
    }),
  );
