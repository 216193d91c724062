// Reads the sealed entries of an organization for a summary, from the segments that the archiver writes. It reads only
// segments with actions in the range, newest first, and never skips one: a segment that is missing too early is an error.
import type { Caller } from '../access/caller.ts';
import { maxClockSkewMillis } from '../contract/clock-skew.ts';
import { timeOf } from '../entry/entry-id.ts';
import { type CountIndex, type CountSegment, keyOfSegment, readCountIndex } from '../log/count-index.ts';
import { type CountRow, decodeSegment } from '../log/count-segment.ts';
import { logContradicted } from '../log/log-error.ts';
import type { LogObjects } from '../log/ports.ts';
import { detailFilterNames, type Filters } from '../query/filters.ts';
import { matchesFilters } from '../query/matching.ts';
import type { Query } from '../query/query.ts';
import type { Countable } from './countable.ts';
import type { Period } from './periods.ts';

/** The maximum number of segments that are read at once. */
const maxConcurrentReads = 16;

/** The maximum number of sealed entries that one request reads, which takes a few seconds. */
const maxRows = 400_000;

/** The objects of the log bucket that counts read. */
export type CountObjects = Pick<LogObjects, 'get' | 'list'>;

/** Which sealed entries are counted. */
export interface SealedRange {
  readonly period: Period;
  /** Only entries with a lower leaf index. */
  readonly size: number;
  /** Only segments that begin before this leaf: where an earlier part ended. */
  readonly before: number;
}

/** Where the counts of a part end. */
export interface SealedProgress {
  /** The first leaf of the last segment that was read, or `undefined` if none is left. */
  readonly next: number | undefined;
  /** The latest time of an action that is not counted yet. */
  readonly latestLeft: number;
  /** An upper bound for the entries that are not counted yet. */
  readonly rowsLeft: number;
}

/** Returns the filters that the sealed log cannot answer, because segments do not contain the fields. */
export function listUnsealedFilters(filters: Filters): readonly string[] {
  return ['disputed' as const, ...detailFilterNames].filter((name) => filters[name] !== undefined);
}

/** The sealed entries of one organization, as far as the segments contain them. */
export class SealedCounts {
  readonly index: CountIndex;
  /** The number of objects read. */
  objectReads = 1;
  readonly #objects: CountObjects;
  readonly #organizationId: string;

  /** Returns the sealed entries, or `undefined` if no segment exists yet. Fails with LOG_CONTRADICTED. */
  static async open(objects: CountObjects, organizationId: string): Promise<SealedCounts | undefined> {
    const stored = await readCountIndex(objects, organizationId);
    return stored && new SealedCounts(objects, organizationId, stored.index);
  }

  private constructor(objects: CountObjects, organizationId: string, index: CountIndex) {
    this.#objects = objects;
    this.#organizationId = organizationId;
    this.index = index;
  }

  /** Whether the segments contain every sealed entry whose action is at or after this time. */
  covers(fromMillis: number): boolean {
    const { first, since, unreadable } = this.index;
    // An entry that was sealed before `since` was recorded before it, and no action is recorded long before it occurs.
    return unreadable === 0 && (first === 0 || fromMillis > since + maxClockSkewMillis);
  }

  /** Returns the segments with actions in the range, newest first. */
  listSegments({ period, size, before }: SealedRange): readonly CountSegment[] {
    return this.index.segments
      .filter(({ first, earliest, latest }) => {
        const isInRange = earliest <= period.toMillis && latest >= period.fromMillis;
        return isInRange && first < size && first < before;
      })
      .sort((one, other) => other.first - one.first);
  }

  /**
   * Passes the matching entries to `add`, a segment at a time, until `isFull` returns true between two segments. Fails with
   * LOG_CONTRADICTED if a segment is missing whose entries have not all expired.
   */
  async count(
    range: SealedRange,
    { query, caller, nowMillis }: { query: Query; caller: Caller; nowMillis: number },
    add: (entry: Countable, timeMillis: number) => void,
    isFull: () => boolean,
  ): Promise<SealedProgress> {
    const segments = this.listSegments(range);
    let [done, rows] = [0, 0];
    while (done < segments.length && (done === 0 || (rows < maxRows && !isFull()))) {
      const some = segments.slice(done, done + maxConcurrentReads);
      const read = await Promise.all(some.map((segment) => this.#read(segment, nowMillis)));
      for (const found of read) {
        for (const row of found) {
          if (row.index >= range.size) continue;
          const time = timeOf(row.id);
          const entry = toMatch(row, time, range.period, query, caller, nowMillis);
          if (entry !== undefined) add(entry, time);
        }
        rows += found.length;
        done++;
        if (rows >= maxRows || isFull()) break;
      }
    }
    const left = segments.slice(done);
    return {
      next: left.length === 0 ? undefined : segments[done - 1]?.first,
      latestLeft: left.reduce((latest, segment) => Math.max(latest, segment.latest), 0),
      rowsLeft: left.reduce((sum, segment) => sum + segment.rows, 0),
    };
  }

  async #read(segment: CountSegment, nowMillis: number): Promise<readonly CountRow[]> {
    const key = keyOfSegment(this.#organizationId, segment);
    const object = await this.#objects.get(key);
    this.objectReads++;
    if (object !== undefined) return decodeSegment(object.bytes, key);
    if (segment.expiresAt !== null && segment.expiresAt * 1000 <= nowMillis) return [];
    throw logContradicted(`the object ${key} is missing`);
  }
}

function toMatch(
  row: CountRow,
  timeMillis: number,
  period: Period,
  query: Query,
  caller: Caller,
  nowMillis: number,
): Countable | undefined {
  const { recordedFromMillis = 0, recordedToMillis = Number.POSITIVE_INFINITY } = query;
  if (timeMillis < period.fromMillis || timeMillis > period.toMillis) return undefined;
  if (row.recordedAt < recordedFromMillis || row.recordedAt > recordedToMillis) return undefined;
  if (row.expiresAt !== null && row.expiresAt * 1000 <= nowMillis) return undefined;
  const entry = toCountable(row);
  return matchesFilters(entry, query.filters, caller) ? entry : undefined;
}

function toCountable(row: CountRow): Countable {
  const entry = {
    id: row.id,
    action: row.action,
    verdict: row.verdict,
    decision: row.decision,
    role: row.role,
    accountId: row.accountId,
    region: row.region,
    environment: row.environment ?? undefined,
    user: { id: row.userId, name: row.userName ?? undefined, type: row.userType },
    target: {
      kind: row.targetKind,
      type: row.targetType,
      id: row.targetId,
      name: row.targetName,
      serviceName: row.serviceName ?? undefined,
    },
  };
  // The sealer takes only what the recorder validated against the vocabulary.
  return entry as Countable;
}
