// The keys of the archive in the log bucket. They are partitioned as Hive does it (`name=value/`), so that Athena and
// DuckDB read only the days and the organization that a query names.

/** What an object of the archive contains: entries or disputes with all fields, or columns of entries. */
export const archiveKinds = ['entries', 'disputes', 'columns'] as const;
export type ArchiveKind = (typeof archiveKinds)[number];

/** Where archived leaves belong. All leaves of an object were sealed in the same hour. */
export interface ArchivePartition {
  readonly organizationId: string;
  /** How long the entries are kept after their action, in days. Absent: forever. */
  readonly retentionDays?: number | undefined;
  /** The start of the hour in which the leaves were sealed, in epoch milliseconds. */
  readonly hourMillis: number;
}

/** One object of the archive. */
export interface ArchiveObject extends ArchivePartition {
  readonly kind: ArchiveKind;
  /** The index of the first leaf. Leaves of an object are in the order of the log. */
  readonly first: number;
}

/** The prefix of the archive. */
export const archivePrefix = 'archive/';

/** The key of the position: how far the batches are archived. */
export const archivePositionKey = `${archivePrefix}position`;

/** The prefix of what counts are read from: an index for each organization, and segments of sealed entries. */
export const countsPrefix = `${archivePrefix}counts/`;

/** The key of the position: how far the batches are in the segments. */
export const countsPositionKey = `${countsPrefix}position`;

/** Returns the key of an organization's index of segments. */
export function countIndexKey(organizationId: string): string {
  return `${countsPrefix}index/${organizationId}`;
}

/** Returns the prefix of segments whose entries expire after this many days, for the S3 lifecycle rules. */
export function countSegmentPrefix(retentionDays: number | undefined): string {
  return `${countsPrefix}retention=${nameRetention(retentionDays)}/`;
}

/** Where a segment belongs. Its entries were sealed on the same UTC day. */
export interface CountSegmentName {
  readonly organizationId: string;
  readonly retentionDays?: number | undefined;
  /** The day, such as `2026-11-30`. */
  readonly day: string;
  /** The index of the first leaf. */
  readonly first: number;
}

/** Returns the key of a segment. */
export function countSegmentKey({ organizationId, retentionDays, day, first }: CountSegmentName): string {
  const partition = `${countSegmentPrefix(retentionDays)}organization=${organizationId}/day=${day}`;
  return `${partition}/${String(first).padStart(15, '0')}.json.gz`;
}

const extensions = { entries: 'ndjson.gz', disputes: 'ndjson.gz', columns: 'parquet' } as const;

/** Names a retention period in keys and in SQL: a number of days, or `forever`. */
export function nameRetention(days: number | undefined): string {
  return days === undefined ? 'forever' : String(days);
}

/** Returns the prefix of what expires after this many days, for the S3 lifecycle rules. */
export function archiveRetentionPrefix(kind: ArchiveKind, retentionDays: number | undefined): string {
  return `${archivePrefix}${kind}/retention=${nameRetention(retentionDays)}/`;
}

/**
 * Returns the key, such as `archive/entries/retention=365/organization=acme/day=2026-11-30/14-000000000048112.ndjson.gz`.
 * The keys of one organization, kind and retention are listed in the order of the log.
 */
export function archiveKey({
  kind,
  organizationId,
  retentionDays,
  hourMillis,
  first,
}: ArchiveObject): string {
  const [day = '', time = ''] = new Date(hourMillis).toISOString().split('T');
  const partition = `${archiveRetentionPrefix(kind, retentionDays)}organization=${organizationId}/day=${day}`;
  return `${partition}/${time.slice(0, 2)}-${String(first).padStart(15, '0')}.${extensions[kind]}`;
}

const keyPattern =
  /^archive\/(entries|disputes|columns)\/retention=(forever|\d{1,5})\/organization=([\w-]{1,64})\/day=(\d{4}-\d{2}-\d{2})\/(\d{2})-(\d{15})\.(?:ndjson\.gz|parquet)$/;

/** Returns what the key of an archive object says, or `undefined` if it is not one. */
export function readArchiveKey(key: string): ArchiveObject | undefined {
  const match = keyPattern.exec(key);
  if (match === null) return undefined;
  const [, kind = '', retention = '', organizationId = '', day = '', hour = '', first = ''] = match;
  const object: ArchiveObject = {
    kind: kind as ArchiveKind,
    organizationId,
    ...(retention === 'forever' ? {} : { retentionDays: Number(retention) }),
    hourMillis: Date.parse(`${day}T${hour}:00:00Z`),
    first: Number(first),
  };
  return Number.isNaN(object.hourMillis) || archiveKey(object) !== key ? undefined : object;
}
