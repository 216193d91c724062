// Builds everything that is stored for sample entries: keys, attributes, encodings and directory rows.
import { createHash } from 'node:crypto';
import { directoryRowsOf } from '../../core/directory/directory-rows.ts';
import type { LogEntry } from '../../core/entry/entry.ts';
import { overflowKey } from '../../core/storage/keys.ts';
import { fixedShards } from '../../core/storage/shard-counts.ts';
import { unpackDetail } from '../../store/detail-codec.ts';
import { detailDictionary } from '../../store/detail-dictionary.ts';
import { directoryKeyOf, toDirectoryItem } from '../../store/directory-item.ts';
import { toStorableDispute } from '../../store/dispute-item.ts';
import { type Item, toStorable } from '../../store/entry-item.ts';

const permitted: LogEntry = {
  id: '01M71C2905DVJN1W1F9Q9K67TM',
  timestamp: '2026-11-10T00:00:00.005Z',
  organizationId: 'acme',
  user: {
    id: 'u#1',
    name: 'Asha Rao',
    email: 'asha@acme.example',
    type: 'user',
    sourceIp: '198.51.100.7',
    userAgent: 'curl/8',
  },
  role: 'Admin',
  permission: 'resource:update',
  decision: 'ALLOWED',
  accountId: '111111111111',
  region: 'eu-west-1',
  environment: 'prod',
  action: 'UPDATE',
  target: { kind: 'RESOURCE', type: 'rds', id: 'res-1', name: 'Orders-D', serviceName: 'checkout-api' },
  before: { size: 1, instanceClass: 'db.t4g.micro' },
  after: { size: 2, instanceClass: 'db.t4g.medium' },
  requestId: 'req-1',
  traceId: 'trace-1',
  reason: 'load',
  eventId: 'evt-1',
  source: 'mayaops.resources',
  recordedAt: '2026-11-10T00:00:01.500Z',
  late: false,
  verdict: 'PERMITTED',
  grant: 'resource:*',
  roleMapVersion: 'abc',
  changeCount: 2,
  changedPaths: ['/instanceClass', '/size'],
  highlights: [{ path: '/size', op: 'replace', before: 1, after: 2 }],
  producer: { account: '210987654321', envelopeId: 'envelope-1', time: '2026-11-10T00:00:00Z' },
  contentHash: 'a'.repeat(64),
  redactionVersion: 1,
};

const violation: LogEntry = {
  ...permitted,
  id: '01M71C2905ZZZN1W1F9Q9K67ZZ',
  verdict: 'VIOLATION',
  grant: undefined,
  late: true,
  secretsDeclared: true,
  before: undefined,
  expiresAt: 1_800_000_000,
};

const byAgent: LogEntry = {
  ...permitted,
  user: { ...permitted.user, type: 'agent', onBehalfOf: { id: 'u-2', name: 'Ben Okafor' } },
  roleKnown: true,
  workRef: 'https://tickets.example/OPS-7',
  awsRequestIds: ['A1B2C3D4E5F6A7B8'],
};

const shards = fixedShards({
  time: [{ from: '2026-01-01', shards: 3 }],
  finding: [{ from: '2026-01-01', shards: 2 }],
});

/** Everything that is stored for an entry, with the decompressed text of its detail. */
function storedFormOf(entry: LogEntry) {
  const { item, object } = toStorable(entry, shards);
  return {
    item: readable(item),
    ...(object && { object: object.key, bytes: unpackDetail(object.bytes).length }),
    directory: directoryRowsOf(entry).map((row) => toDirectoryItem(directoryKeyOf('acme', row), row)),
  };
}

function readable({ d, ...attributes }: Item) {
  const detail = d as Uint8Array;
  return { ...attributes, d: { codec: detail[0], json: JSON.parse(unpackDetail(detail)) } };
}

/** Returns the stored format, for comparison with test/fixtures/stored-forms. */
export function storedForm() {
  return {
    permitted: storedFormOf(permitted),
    violation: storedFormOf(violation),
    byAgent: storedFormOf(byAgent),
    dispute: readable(toStorableDispute(violation, { ...permitted, id: violation.id }, 3, shards).item),
    overflowKey: overflowKey({
      organizationId: 'acme',
      id: permitted.id,
      sha256: 'b'.repeat(64),
      retentionDays: 30,
    }),
    dictionary: createHash('sha256').update(detailDictionary).digest('hex'),
  };
}
