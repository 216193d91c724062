// GET /request-logs: one page of entries.
import { parseQuery } from '../core/query.ts';
import { search } from '../core/search.ts';
import { readPermissions } from '../core/vocabulary.ts';
import { logger } from './logs.ts';
import { jsonResult, queryHandler } from './query-handler.ts';
import { redactFilters } from './redact-filters.ts';
import { createSearchPorts } from './search-ports.ts';

const ports = createSearchPorts();

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  const query = parseQuery(event.rawQueryString);
  const page = await search(query, caller, ports);
  const { filters, fromMillis, toMillis } = query;
  const { items, complete } = page;
  logger.info('entries listed', {
    filters: await redactFilters(filters),
    fromMillis,
    toMillis,
    count: items.length,
    complete,
  });
  return jsonResult(page);
});
