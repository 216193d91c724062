// GET /request-logs: one page of entries.
import { readPermissions } from '../core/contract/vocabulary.ts';
import { searchRecorded } from '../core/log/search-recorded.ts';
import { parseQuery } from '../core/query/query.ts';
import { search } from '../core/search/search.ts';
import { logger } from './shared/logs.ts';
import { jsonResult, queryHandler } from './shared/query-handler.ts';
import { redactFilters } from './shared/redact-filters.ts';
import { createSearchPorts } from './shared/search-ports.ts';

const ports = createSearchPorts();

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const query = parseQuery(event.rawQueryString);
  const page = await (query.isInLogOrder ? searchRecorded : search)(query, caller, ports);
  const { filters, fromMillis, toMillis } = query;
  const { items, complete } = page;
  logger.info('entries listed', {
    filters: await redactFilters(filters),
    fromMillis,
    toMillis,
    ...(query.isInLogOrder && { order: 'recorded' }),
    count: items.length,
    complete,
  });
  return jsonResult(page);
});
