// GET /request-logs/history: the timeline of a service or resource, its state at a moment, or the difference between two.
import { readPermissions } from '../core/contract/vocabulary.ts';
import { getHistory } from '../core/history/get-history.ts';
import { parseHistoryQuery } from '../core/history/history-query.ts';
import { countGaps } from './shared/count-unreadable.ts';
import { historyResult } from './shared/history-result.ts';
import { createIndexPorts } from './shared/index-ports.ts';
import { logger } from './shared/logs.ts';
import { queryHandler } from './shared/query-handler.ts';
import { redactFilters } from './shared/redact-filters.ts';

const ports = createIndexPorts();

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const query = parseHistoryQuery(event.rawQueryString);
  const { history, problems } = await getHistory(query, caller, ports);
  await countGaps(problems);
  const { target, account, region, type, atMillis, diff, knownAtMillis } = query;
  logger.info('history read', {
    filters: await redactFilters({ target, account, region, type }),
    atMillis,
    diff,
    knownAtMillis,
    count: history.items?.length ?? 1,
    complete: history.complete,
  });
  return historyResult(history, event.headers['accept-encoding']);
});
