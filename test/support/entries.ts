// Creates entries directly, for tests of stores, plans, and pages.
import fc from 'fast-check';
import type { Action, Kind } from '../../core/contract/vocabulary.ts';
import { neededPermission, verdicts } from '../../core/contract/vocabulary.ts';
import { contentOf } from '../../core/entry/content.ts';
import { hashContent } from '../../core/entry/content-hash.ts';
import { deriveEntryId } from '../../core/entry/derive-entry-id.ts';
import type { LogEntry } from '../../core/entry/entry.ts';
import { lateAfterMillis } from '../../core/entry/entry.ts';
import type { EntryStore, InsertOutcome } from '../../core/storage/ports.ts';

export interface EntryParts {
  readonly eventId: string;
  readonly organizationId?: string;
  readonly occurredAtMillis?: number;
  readonly recordedAtMillis?: number;
  readonly action?: Action;
  readonly kind?: Kind;
  readonly userId?: string;
  readonly accountId?: string;
  readonly region?: string;
  readonly name?: string;
  readonly serviceName?: string | undefined;
  readonly environment?: string | undefined;
  readonly verdict?: LogEntry['verdict'];
  readonly expiresAt?: number | undefined;
}

/** The stored entry with its states. */
export async function getFullEntry(
  entries: EntryStore,
  organizationId: string,
  id: string,
): Promise<LogEntry | undefined> {
  return (await entries.get(organizationId, id))?.readFull();
}

/** Inserts one entry. Fails with the error of its outcome. */
export async function insertOne(
  entries: Pick<EntryStore, 'insert'>,
  entry: LogEntry,
): Promise<Exclude<InsertOutcome, { readonly status: 'failed' }>> {
  const [outcome] = await entries.insert([entry]);
  if (outcome === undefined) throw new Error('the store gave no outcome');
  if (outcome.status === 'failed') throw outcome.error;
  return outcome;
}

/** Inserts an entry and returns the one that exists under the same key. Fails when the store inserts it. */
export async function insertAgain(entries: EntryStore, entry: LogEntry): Promise<LogEntry> {
  const outcome = await insertOne(entries, entry);
  if (outcome.status === 'exists') return outcome.stored.readFull();
  throw new Error(`entry ${entry.id} was not there`);
}

export function makeEntry(parts: EntryParts): LogEntry {
  const { eventId, organizationId = 'acme', action = 'UPDATE', kind = 'RESOURCE' } = parts;
  const occurredAtMillis = parts.occurredAtMillis ?? Date.parse('2026-11-10T00:00:00Z');
  const recordedAtMillis = parts.recordedAtMillis ?? occurredAtMillis + 1500;
  const source = kind === 'SERVICE' ? 'mayaops.services' : 'mayaops.resources';
  const name = parts.name ?? 'orders-d';
  const verdict = parts.verdict ?? 'PERMITTED';
  const entry: LogEntry = {
    id: deriveEntryId({ organizationId, source, eventId, occurredAtMillis }),
    timestamp: new Date(occurredAtMillis).toISOString(),
    recordedAt: new Date(recordedAtMillis).toISOString(),
    late: recordedAtMillis - occurredAtMillis > lateAfterMillis,
    organizationId,
    user: { id: parts.userId ?? 'u-1', name: 'Asha Rao', type: 'user', email: 'asha@acme.example' },
    role: 'Admin',
    permission: neededPermission(kind, action),
    decision: verdict === 'DENIED' ? 'DENIED' : 'ALLOWED',
    verdict,
    accountId: parts.accountId ?? '123456789012',
    region: parts.region ?? 'eu-west-1',
    ...(parts.environment === undefined ? {} : { environment: parts.environment }),
    action,
    target: {
      kind,
      type: kind === 'SERVICE' ? 'ecs-service' : 'rds',
      id: `id-${name}`,
      name,
      ...(parts.serviceName === undefined ? {} : { serviceName: parts.serviceName }),
    },
    changedPaths: action === 'UPDATE' ? ['/size'] : [],
    changeCount: action === 'UPDATE' ? 1 : 0,
    highlights: action === 'UPDATE' ? [{ path: '/size', op: 'replace', before: 1, after: 2 }] : [],
    ...(parts.expiresAt === undefined ? {} : { expiresAt: parts.expiresAt }),
    grant: '*',
    roleMapVersion: '0123456789ab',
    ...(action === 'CREATE' ? {} : { before: { name, size: 1 } }),
    ...(action === 'DELETE' ? {} : { after: { name, size: 2 } }),
    eventId,
    source,
    producer: { account: '210987654321', envelopeId: `envelope-${eventId}`, time: '2026-11-10T00:00:00Z' },
    contentHash: '',
    redactionVersion: 1,
  };
  return { ...entry, contentHash: hashContent(contentOf(entry)) };
}

const someTime = Date.parse('2026-11-10T00:00:00.000Z');

/** Few values of each field and frequently equal times, to cover filters, ties, and shards. */
export const entryParts: fc.Arbitrary<Omit<EntryParts, 'eventId'>> = fc.record({
  organizationId: fc.constantFrom('acme', 'acme', 'globex'),
  occurredAtMillis: fc.oneof(
    fc.constantFrom(someTime, someTime + 1),
    fc.integer({ min: 0, max: 3 * 86_400_000 }).map((offset) => someTime + offset),
  ),
  action: fc.constantFrom('CREATE', 'UPDATE', 'UPDATE', 'DELETE'),
  kind: fc.constantFrom('SERVICE', 'RESOURCE'),
  userId: fc.constantFrom('u-1', 'u-2', 'u#3', 'u,4'),
  accountId: fc.constantFrom('111111111111', '222222222222'),
  region: fc.constantFrom('eu-west-1', 'us-east-1'),
  name: fc.constantFrom('orders-d', 'checkout-api', 'cache#1'),
  serviceName: fc.option(fc.constantFrom('checkout-api', 'search-web'), { nil: undefined }),
  environment: fc.option(fc.constantFrom('prod', 'test'), { nil: undefined }),
  verdict: fc.constantFrom(...verdicts),
});

/** A set of entries of different events. */
export const entrySets = (maxLength: number): fc.Arbitrary<LogEntry[]> =>
  fc
    .array(entryParts, { maxLength })
    .map((all) => all.map((parts, number) => makeEntry({ ...parts, eventId: `e-${number}` })));
