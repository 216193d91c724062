// GET /request-logs/export: one page of entries as CSV or NDJSON. Response headers carry the cursor of the next
// page.
import { readPermissions } from '../core/contract/vocabulary.ts';
import { exportHeaders } from '../core/export/export-headers.ts';
import { exportPage } from '../core/export/export-page.ts';
import { parseExportQuery } from '../core/export/export-query.ts';
import { exportRecordedPage } from '../core/export/export-recorded.ts';
import { countGaps } from './shared/count-unreadable.ts';
import { logger } from './shared/logs.ts';
import { queryHandler } from './shared/query-handler.ts';
import { redactFilters } from './shared/redact-filters.ts';
import { createSearchPorts } from './shared/search-ports.ts';

const ports = createSearchPorts();

export const handler = queryHandler(
  [readPermissions.read, readPermissions.export],
  async ({ rawQueryString }, caller) => {
    const { format, query } = parseExportQuery(rawQueryString);
    const page = await (query.isInLogOrder ? exportRecordedPage : exportPage)(query, format, caller, ports);
    const { filters, fromMillis, toMillis, cursor } = query;
    const { count, complete, gaps = [] } = page;
    await countGaps(gaps);
    logger.info('entries exported', {
      format: format.name,
      columns: format.columns,
      filters: await redactFilters(filters),
      fromMillis,
      toMillis,
      ...(query.isInLogOrder && { order: 'recorded' }),
      count,
      complete,
    });
    const headers = exportHeaders(page, {
      format,
      organizationId: caller.organizationId,
      rawQueryString,
      isFirst: cursor === undefined,
      nowMillis: ports.now(),
    });
    return { statusCode: 200, headers, body: page.body };
  },
);
