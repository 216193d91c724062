// List items for tests of the page. Their IDs sort by time, as real ones do.
import type { ListItem } from '../../../client/client.ts';
import { lowestIdAt } from '../../../core/entry/entry-id.ts';

const start = Date.parse('2026-11-25T15:00:00.000Z');

/** An item that occurred `atMillis` milliseconds after 2026-11-25T15:00Z. */
export function listItem({ atMillis }: { readonly atMillis: number }): ListItem {
  const timestamp = new Date(start + atMillis).toISOString();
  return {
    id: lowestIdAt(start + atMillis),
    timestamp,
    recordedAt: timestamp,
    late: false,
    organizationId: 'acme',
    user: { id: 'u-2077', name: 'Ben Okafor', type: 'user' },
    role: 'Developer',
    permission: 'resource:update',
    decision: 'ALLOWED',
    verdict: 'PERMITTED',
    accountId: '123456789012',
    region: 'eu-west-1',
    action: 'UPDATE',
    target: { kind: 'RESOURCE', type: 'rds', id: 'res-2b71', name: 'orders-d' },
    changedPaths: ['/instanceClass'],
    changeCount: 1,
    highlights: [],
  };
}
