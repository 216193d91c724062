// Answers one page of a list in the order of the sealed log.
import { type Caller, requireAllAccounts } from '../access/caller.ts';
import type { Query } from '../query/query.ts';
import type { Page } from '../search/page.ts';
import type { SearchLimits } from '../search/search.ts';
import { type RecordedPorts, RecordedScan } from './recorded-scan.ts';

/**
 * Returns one page of the query's results in leaf order. Fails with FORBIDDEN for callers that are limited to AWS
 * accounts: the indexes and cursors are counts.
 */
export async function searchRecorded(
  query: Query,
  caller: Caller,
  ports: RecordedPorts & { readonly limits: SearchLimits },
): Promise<Page> {
  requireAllAccounts(caller);
  const { readUnits, timeMillis } = ports.limits;
  const deadline = ports.now() + timeMillis;
  const scan = await RecordedScan.open(query, caller, ports);
  const matches = await scan.take(query.limit, { readUnits, deadline });
  const cost = { index: 'sealed log', readUnits: scan.readUnits, requests: 0, details: scan.readCount };
  return {
    items: matches.map(({ item, sealed }) => ({ ...item, sealed })),
    ...scan.progressAt(scan.position),
    ...(query.debug && { consumedCapacity: cost }),
  };
}
