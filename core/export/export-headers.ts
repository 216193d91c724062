// Builds the response headers of an export page: media type, file name, progress and the cursor of the next page.

import type { ExportFormat } from './export-format.ts';
import { exportHeaderNames } from './export-header-names.ts';
import type { ExportPage } from './export-page.ts';

/** The maximum length of the `Link` header. API Gateway HTTP APIs allow 10,240 bytes for all headers. */
const maxLinkLength = 6000;

/** The properties of an export request that its response headers depend on. */
export interface ExportRequest {
  readonly format: ExportFormat;
  readonly organizationId: string;
  readonly rawQueryString: string;
  readonly isFirst: boolean;
  readonly nowMillis: number;
}

/**
 * Returns the headers of one page. `Link` repeats the request with the next cursor, for clients that follow links (RFC
 * 8288).
 */
export function exportHeaders(page: ExportPage, request: ExportRequest): Record<string, string> {
  const { format, organizationId, isFirst, nowMillis } = request;
  const day = new Date(nowMillis).toISOString().slice(0, 10);
  const fileName = `request-logs-${organizationId}-${day}.${format.name}`;
  return {
    'content-type': format.contentType(isFirst),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    [exportHeaderNames.disposition]: `attachment; filename="${fileName}"`,
    [exportHeaderNames.complete]: String(page.complete),
    [exportHeaderNames.searchedThrough]: page.searchedThrough,
    [exportHeaderNames.count]: String(page.count),
    ...(page.resumeCursor !== undefined && { [exportHeaderNames.resumeCursor]: page.resumeCursor }),
    ...(page.removed !== undefined && { [exportHeaderNames.removed]: String(page.removed) }),
    ...(page.notSearched && { [exportHeaderNames.notSearched]: String(page.notSearched.count) }),
    ...(page.nextCursor === null
      ? {}
      : {
          [exportHeaderNames.nextCursor]: page.nextCursor,
          ...linkTo(request.rawQueryString, page.nextCursor),
        }),
  };
}

function linkTo(rawQueryString: string, nextCursor: string): { link?: string } {
  const parameters = new URLSearchParams(rawQueryString);
  parameters.set('cursor', nextCursor);
  const link = `<?${parameters}>; rel="next"`;
  return link.length > maxLinkLength ? {} : { [exportHeaderNames.link]: link };
}
