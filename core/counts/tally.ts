// Counts entries by group. Reads nothing: summarize.ts passes it the entries, in any order.
import type { Countable } from './countable.ts';
import { toGroupId } from './rank-groups.ts';
import type { Counts, Dimension, Group } from './summary.ts';
import type { TimeBuckets } from './time-buckets.ts';

/** An upper bound for the JSON of a group without its values and names, in bytes. */
const groupBytes = 160;

const readers: Readonly<Record<Exclude<Dimension, 'time'>, (item: Countable) => string | undefined>> = {
  action: ({ action }) => action,
  verdict: ({ verdict }) => verdict,
  user: ({ user }) => user.id,
  target: ({ target }) => target.id,
  kind: ({ target }) => target.kind,
  type: ({ target }) => target.type,
  account: ({ accountId }) => accountId,
  region: ({ region }) => region,
  environment: ({ environment }) => environment,
  service: ({ target }) => (target.kind === 'SERVICE' ? target.name : target.serviceName),
  role: ({ role }) => role,
};

/** How entries are assigned to groups and periods. */
export interface TallyOptions {
  readonly groupBy: readonly Dimension[];
  /** The start of the range. Entries before it belong to the previous period. */
  readonly fromMillis: number;
  readonly isCompared: boolean;
  /** Required if entries are grouped by time. */
  readonly buckets: TimeBuckets | undefined;
}

type Mutable<T> = { -readonly [name in keyof T]: T[name] };

interface Tallied {
  readonly group: Mutable<Group>;
  /** The ID of the newest entry, whose names the group has. */
  newestId: string;
}

/** Counts the entries of one grouping. */
export class Tally {
  readonly #options: TallyOptions;
  /** By the values of the first and the second dimension, which are null if there are fewer. */
  readonly #groups = new Map<string | null, Map<string | null, Tallied>>();
  readonly #hasNames: boolean;
  /** An upper bound for the size of the groups as JSON, in bytes. */
  bytes = 0;

  constructor(options: TallyOptions) {
    this.#options = options;
    this.#hasNames = options.groupBy.includes('user') || options.groupBy.includes('target');
  }

  /** The groups in any order. Without dimensions, there is one group, or none without entries. */
  get groups(): readonly Group[] {
    return [...this.#groups.values()].flatMap((groups) => [...groups.values()].map(({ group }) => group));
  }

  /** Counts an entry. `timeMillis` is the time of its action. */
  add(item: Countable, timeMillis: number): void {
    const { groupBy, fromMillis } = this.#options;
    const isPrevious = timeMillis < fromMillis;
    const [first, second] = groupBy;
    const values = [
      first === undefined ? null : this.#valueOf(first, item, timeMillis, isPrevious),
      second === undefined ? null : this.#valueOf(second, item, timeMillis, isPrevious),
    ] as const;
    const tallied = this.#find(values, item);
    const { group } = tallied;
    if (this.#hasNames && item.id > tallied.newestId) {
      tallied.newestId = item.id;
      const names = namesOf(item, groupBy);
      if (names === undefined) delete group.names;
      else group.names = names;
    }
    const counts: Mutable<Counts> = isPrevious ? (group.previous as Counts) : group;
    counts[item.decision === 'DENIED' ? 'denied' : 'count']++;
  }

  #find([first, second]: readonly [string | null, string | null], item: Countable): Tallied {
    const { groupBy, isCompared } = this.#options;
    const groups = this.#groups.get(first) ?? new Map<string | null, Tallied>();
    if (groups.size === 0) this.#groups.set(first, groups);
    const found = groups.get(second);
    if (found !== undefined) return found;
    const key = Object.fromEntries(groupBy.map((name, place) => [name, place === 0 ? first : second]));
    const group: Mutable<Group> = { key, count: 0, denied: 0 };
    if (isCompared) group.previous = { count: 0, denied: 0 };
    const tallied = { group, newestId: '' };
    groups.set(second, tallied);
    const names = JSON.stringify(namesOf(item, groupBy) ?? '');
    this.bytes += groupBytes + Buffer.byteLength(toGroupId(group, groupBy)) + Buffer.byteLength(names);
    return tallied;
  }

  #valueOf(name: Dimension, item: Countable, timeMillis: number, isPrevious: boolean): string | null {
    return name === 'time' ? this.#bucketOf(timeMillis, isPrevious) : (readers[name](item) ?? null);
  }

  #bucketOf(time: number, isPrevious: boolean): string | null {
    const { buckets } = this.#options;
    if (buckets === undefined) return null;
    return isPrevious ? buckets.nameOfPrevious(time) : buckets.nameOf(time);
  }
}

function namesOf({ user, target }: Countable, groupBy: readonly Dimension[]): Group['names'] {
  const names = {
    ...(groupBy.includes('user') && user.name !== undefined && { user: user.name }),
    ...(groupBy.includes('target') && { target: target.name }),
  };
  return Object.keys(names).length === 0 ? undefined : names;
}
