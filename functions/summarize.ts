// GET /request-logs/summary: counts of entries.
import { readPermissions } from '../core/contract/vocabulary.ts';
import { summarize } from '../core/counts/summarize.ts';
import { parseSummaryQuery } from '../core/counts/summary-query.ts';
import { createIndexPorts } from './shared/index-ports.ts';
import { logger } from './shared/logs.ts';
import { jsonResult, queryHandler } from './shared/query-handler.ts';
import { redactFilters } from './shared/redact-filters.ts';

const ports = createIndexPorts();

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const request = parseSummaryQuery(event.rawQueryString);
  const summary = await summarize(request, caller, ports);
  const { groupBy, topLists, query } = request;
  const { filters, fromMillis, toMillis } = query;
  const { total, denied, exact } = summary;
  logger.info('entries counted', {
    filters: await redactFilters(filters),
    fromMillis,
    toMillis,
    groupBy,
    topLists,
    count: total + denied,
    exact,
  });
  return jsonResult(summary);
});
