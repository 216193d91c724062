import { describe, expect, it } from 'vitest';
import { archiveKey, readArchiveKey } from '../../../core/log/archive-keys.ts';

const hourMillis = Date.parse('2026-11-30T14:00:00Z');
const entries = {
  kind: 'entries',
  organizationId: 'acme',
  retentionDays: 365,
  hourMillis,
  first: 48112,
} as const;

describe('archiveKey', () => {
  it('names kind, retention, organization, day, hour, and first leaf', () => {
    expect(archiveKey(entries)).toBe(
      'archive/entries/retention=365/organization=acme/day=2026-11-30/14-000000000048112.ndjson.gz',
    );
    expect(archiveKey({ kind: 'columns', organizationId: 'a_b-c', hourMillis, first: 0 })).toBe(
      'archive/columns/retention=forever/organization=a_b-c/day=2026-11-30/14-000000000000000.parquet',
    );
  });

  it('is read back', () => {
    for (const kind of ['entries', 'disputes', 'columns'] as const) {
      const object = { ...entries, kind };
      expect(readArchiveKey(archiveKey(object))).toEqual(object);
    }
    expect(readArchiveKey(archiveKey(entries).replace('365', 'forever'))).not.toHaveProperty('retentionDays');
  });

  it.each([
    'archive/position',
    'archive/entries/retention=365/organization=acme/day=2026-11-31/14-000000000048112.ndjson.gz',
    'archive/entries/retention=0365/organization=acme/day=2026-11-30/14-000000000048112.ndjson.gz',
    'archive/entries/retention=365/organization=../day=2026-11-30/14-000000000048112.ndjson.gz',
    'archive/columns/retention=365/organization=acme/day=2026-11-30/14-000000000048112.ndjson.gz',
    'archive/entries/retention=365/organization=acme/day=2026-11-30/24-000000000048112.ndjson.gz',
  ])('rejects %s', (key) => expect(readArchiveKey(key)).toBeUndefined());
});
