import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readArchiveKey } from '../../../core/log/archive-keys.ts';
import { readArchiveLine } from '../../../core/log/archive-line.ts';
import { isLogContradicted } from '../../../core/log/log-error.ts';
import { parquetColumnFiles } from '../../../store/parquet-column-files.ts';
import { archivedLog, readArchivedLeaves } from './archived-log.ts';
import { checkArchiveHistories } from './archiving-history.ts';
import { entryAt } from './sealed-entries.ts';

const hour = 3_600_000;

describe('archive', () => {
  it('writes one object for each organization and hour, in the order of the log, when the hour is over', async () => {
    const log = await archivedLog({ retentionDays: 365 });
    await log.seal(3, Date.parse('2026-11-30T14:10:00Z'));
    await log.seal(2, Date.parse('2026-11-30T14:50:00Z'));
    await log.seal(4, Date.parse('2026-11-30T15:20:00Z'));
    expect(await log.archive(Date.parse('2026-11-30T14:59:00Z'))).toMatchObject({ archived: 0, objects: 0 });
    expect(await log.archive(Date.parse('2026-11-30T15:30:00Z'))).toMatchObject({ archived: 5, objects: 2 });
    expect(await log.archive(Date.parse('2026-11-30T15:40:00Z'))).toMatchObject({ archived: 0, objects: 0 });
    expect(await log.archive(Date.parse('2026-11-30T16:01:00Z'))).toMatchObject({ archived: 4, objects: 2 });
    const prefix = 'retention=365/organization=acme/day=2026-11-30';
    expect(log.archivedKeys()).toEqual([
      `archive/columns/${prefix}/14-000000000000000.parquet`,
      `archive/columns/${prefix}/15-000000000000005.parquet`,
      `archive/entries/${prefix}/14-000000000000000.ndjson.gz`,
      `archive/entries/${prefix}/15-000000000000005.ndjson.gz`,
    ]);
    expect(log.indexesIn(`archive/entries/${prefix}/14-000000000000000.ndjson.gz`)).toEqual([0, 1, 2, 3, 4]);
  });

  it('locks objects for the lock days, and never longer than the entries are kept', async () => {
    const sealedAt = Date.parse('2026-11-30T14:10:00Z');
    for (const [retentionDays, lockedDays] of [
      [365, 30],
      [7, 7],
    ] as const) {
      const log = await archivedLog({ retentionDays });
      await log.seal(1, sealedAt);
      await log.archive(sealedAt + hour);
      for (const key of log.archivedKeys()) {
        const lockUntilMillis = log.objects.options.get(key)?.lockUntilMillis ?? 0;
        expect(Math.round((lockUntilMillis - sealedAt) / 86_400_000)).toBe(lockedDays);
      }
    }
  });

  it('writes column files with the same entries', async () => {
    const log = await archivedLog({ retentionDays: undefined });
    await log.seal(300, Date.parse('2026-11-30T14:10:00Z'));
    await log.archive(Date.parse('2026-11-30T15:10:00Z'));
    const key = log.archivedKeys().find((found) => found.endsWith('.parquet')) ?? '';
    expect(key).toContain('retention=forever');
    const rows = await parquetColumnFiles.decode(log.objects.objects.get(key) ?? new Uint8Array(), key);
    expect(rows).toHaveLength(300);
    const [entry, row] = [entryAt(7), rows[7]];
    expect(row).toMatchObject({
      leaf_index: 7,
      id: entry.id,
      occurred_at: Date.parse(entry.timestamp),
      expires_at: null,
      user_name: 'Asha Rao',
      environment: null,
      change_count: entry.changeCount,
    });
  });

  it('splits an hour with more text than it can hold in memory', async () => {
    const log = await archivedLog({ retentionDays: 365 });
    for (let batch = 0; batch < 5; batch++)
      await log.seal(3, Date.parse('2026-11-30T14:10:00Z') + batch * 1000);
    const report = await log.archive(Date.parse('2026-11-30T15:10:00Z'), { maxBufferedText: 5000 });
    expect(report.archived).toBe(15);
    expect(report.objects).toBeGreaterThan(2);
    expect(await readArchivedLeaves(log.objects, 'acme')).toHaveLength(15);
  });

  it('fails when a staged batch is missing, or an object has other content', async () => {
    const missing = await archivedLog({ retentionDays: 365 });
    for (let batch = 0; batch < 3; batch++) await missing.seal(1, Date.parse('2026-11-30T14:10:00Z') + batch);
    const [, second = ''] = [...missing.objects.objects.keys()]
      .filter((key) => key.startsWith('staging/'))
      .sort();
    missing.objects.objects.delete(second);
    const failure = await missing
      .archive(Date.parse('2026-11-30T15:10:00Z'))
      .catch((error: unknown) => error);
    expect(isLogContradicted(failure)).toBe(true);
    expect(String(failure)).toMatch(/the staged batch 2 is missing/);

    const changed = await archivedLog({ retentionDays: 365 });
    await changed.seal(2, Date.parse('2026-11-30T14:10:00Z'));
    const key = 'archive/entries/retention=365/organization=acme/day=2026-11-30/14-000000000000000.ndjson.gz';
    changed.objects.objects.set(key, new Uint8Array([31, 139]));
    await expect(changed.archive(Date.parse('2026-11-30T15:10:00Z'))).rejects.toThrow(
      'exists with other content',
    );
  });

  it('archives every entry exactly once, whatever is killed and whoever runs at once', () =>
    checkArchiveHistories(4));
});

describe('the lines of the archive', () => {
  it('contain what the leaf commits to, and are rejected when any field was changed', async () => {
    const log = await archivedLog({ retentionDays: 365 });
    await log.seal(1, Date.parse('2026-11-30T14:10:00Z'));
    await log.archive(Date.parse('2026-11-30T15:10:00Z'));
    const key = log.archivedKeys().find((found) => readArchiveKey(found)?.kind === 'entries') ?? '';
    const line = gunzipSync(log.objects.objects.get(key) ?? '')
      .toString()
      .trimEnd();
    expect(readArchiveLine(line)).toMatchObject({ index: 0 });
    const columns: unknown = JSON.parse(line);
    for (const name of Object.keys(columns as object)) {
      if (name === 'leaf_index' || name === 'nonce' || name === 'expires_at') continue;
      const altered = JSON.stringify({ ...(columns as object), [name]: 'altered' });
      expect(readArchiveLine(altered), name).toBeUndefined();
    }
    expect(readArchiveLine('{}')).toBeUndefined();
    expect(readArchiveLine(line.slice(1))).toBeUndefined();
  });
});
