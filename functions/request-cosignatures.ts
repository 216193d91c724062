// Requests cosignatures of witnesses for the checkpoints of the sealed log. The schedule invokes it once a minute; for a
// shorter interval, it runs several times in one invocation. The only function that calls other hosts than those of AWS.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import { requestCosignatures } from '../core/log/request-cosignatures.ts';
import { reportCosignatureFailure, reportCosignatures } from './shared/cosignature-report.ts';
import { logger } from './shared/logs.ts';
import { metrics } from './shared/metrics.ts';
import { connectWitnesses } from './shared/requesting-cosignatures.ts';
import { runAtIntervals } from './shared/run-at-intervals.ts';

/** A run begins no log after this time, so that it ends before the timeout of the function. */
const runMillis = 40_000;

const { ports, identity, witnesses, intervalMillis } = connectWitnesses();

export const handler = middy()
  .use(injectLambdaContext(logger, { clearState: true }))
  .use(logMetrics(metrics))
  .handler(() =>
    runAtIntervals(intervalMillis, async () => {
      try {
        const untilMillis = Date.now() + runMillis;
        reportCosignatures(await requestCosignatures(ports, { identity, witnesses, untilMillis }));
      } catch (error) {
        reportCosignatureFailure(error);
      }
    }),
  );
