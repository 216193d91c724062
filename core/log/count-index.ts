// The index of an organization's segments: which leaves they contain, and the times of their entries. It has no content
// of entries, so it does not expire.
import * as z from 'zod/mini';
import { timeOf } from '../entry/entry-id.ts';
import { countIndexKey, countSegmentKey } from './archive-keys.ts';
import { decodeJson } from './batch.ts';
import type { CountRow } from './count-segment.ts';
import type { LogObjects } from './ports.ts';

const segmentSchema = z.object({
  /** How long the entries are kept, in days. Absent: forever. */
  retentionDays: z.optional(z.number()),
  /** The UTC day on which the entries were sealed. */
  day: z.string(),
  /** The index of the first leaf, and of the leaf after the last one. Leaves between them can be in other segments. */
  first: z.number(),
  end: z.number(),
  rows: z.number(),
  /** The earliest and the latest time of an action, in epoch milliseconds. */
  earliest: z.number(),
  latest: z.number(),
  /** When the last entry expires, in epoch seconds. Null if one is kept forever. */
  expiresAt: z.nullable(z.number()),
});

const indexSchema = z.object({
  format: z.literal(1),
  /** The index of the first leaf that the segments contain. Entries before it are in no segment. */
  first: z.number(),
  /** When the first leaf was sealed, in epoch milliseconds. */
  since: z.number(),
  /** The segments contain every entry with a lower leaf index. */
  size: z.number(),
  /** When the last leaf was sealed, in epoch milliseconds. */
  through: z.number(),
  /** Sealed entries whose text cannot be read. Counts cannot be exact with them. */
  unreadable: z.number(),
  segments: z.array(segmentSchema),
});

/** One segment, as the index describes it. */
export type CountSegment = z.infer<typeof segmentSchema>;
export type CountIndex = z.infer<typeof indexSchema>;

/** The index, and the ETag to replace it with. */
export interface StoredCountIndex {
  readonly index: CountIndex;
  readonly etag: string;
}

/** Returns the index of an organization, or `undefined` before its first entry. Fails with LOG_CONTRADICTED. */
export async function readCountIndex(
  objects: Pick<LogObjects, 'get'>,
  organizationId: string,
): Promise<StoredCountIndex | undefined> {
  const key = countIndexKey(organizationId);
  const object = await objects.get(key);
  return object && { index: decodeJson(indexSchema, object.bytes, key), etag: object.etag };
}

/** Returns the key of a segment. */
export function keyOfSegment(organizationId: string, segment: CountSegment): string {
  return countSegmentKey({ organizationId, ...segment });
}

/** Describes a segment with these rows, of which there is at least one. */
export function describeSegment(
  { retentionDays, day }: Pick<CountSegment, 'retentionDays' | 'day'>,
  rows: readonly CountRow[],
): CountSegment {
  const times = rows.map(({ id }) => timeOf(id));
  const isKept = rows.some(({ expiresAt }) => expiresAt === null);
  return {
    ...(retentionDays !== undefined && { retentionDays }),
    day,
    first: (rows[0] as CountRow).index,
    end: (rows.at(-1) as CountRow).index + 1,
    rows: rows.length,
    earliest: times.reduce((one, other) => Math.min(one, other)),
    latest: times.reduce((one, other) => Math.max(one, other)),
    expiresAt: isKept ? null : rows.reduce((latest, row) => Math.max(latest, row.expiresAt ?? 0), 0),
  };
}
