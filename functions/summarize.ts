// GET /request-logs/summary: counts of entries.
import { readPermissions } from '../core/contract/vocabulary.ts';
import { summarize } from '../core/counts/summarize.ts';
import { parseSummaryQuery } from '../core/counts/summary-query.ts';
import { logger } from './shared/logs.ts';
import { jsonResult, queryHandler } from './shared/query-handler.ts';
import { redactFilters } from './shared/redact-filters.ts';
import { createSummaryPorts } from './shared/summary-ports.ts';

const ports = createSummaryPorts();

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const request = parseSummaryQuery(event.rawQueryString);
  const summary = await summarize(request, caller, ports);
  const { groupBy, topLists, query, asOf } = request;
  const { filters, fromMillis, toMillis } = query;
  const { total, denied, exact } = summary;
  logger.info('entries counted', {
    filters: await redactFilters(filters),
    fromMillis,
    toMillis,
    groupBy,
    topLists,
    asOf,
    count: total + denied,
    exact,
  });
  return jsonResult(summary);
});
