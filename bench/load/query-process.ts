// The child process of query-load.ts. Runs autocannon once and sends the results back.
import autocannon from 'autocannon';
import type { QueryFigures, QueryLoad } from './query-load.ts';

process.once('message', async (message) => {
  const { url, connections, seconds, requests } = message as QueryLoad;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: requests.map((request) => ({ method: 'GET', ...request })),
  });
  const { latency, statusCodeStats = {}, errors, timeouts } = result;
  const figures: QueryFigures = {
    responses: result.requests.total,
    seconds: result.duration,
    p50: latency.p50,
    p97_5: latency.p97_5,
    p99: latency.p99,
    max: latency.max,
    statuses: Object.fromEntries(
      Object.entries(statusCodeStats).map(([status, { count = 0 }]) => [status, count]),
    ),
    errors,
    timeouts,
  };
  process.send?.(figures, () => process.exit());
});
