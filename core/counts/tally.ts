// Counts entries by group. Reads nothing: summarize.ts passes it the entries, newest first.
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';
import { addCounts, toGroupId } from './rank-groups.ts';
import type { Counts, Dimension, Group } from './summary.ts';
import type { TimeBuckets } from './time-buckets.ts';

/** An upper bound for the JSON of a group without its values and names, in bytes. */
const groupBytes = 160;

const readers: Readonly<Record<Exclude<Dimension, 'time'>, (item: ListItem) => string | undefined>> = {
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

/** Counts the entries of one grouping. */
export class Tally {
  readonly #options: TallyOptions;
  readonly #groups = new Map<string, Mutable<Group>>();
  /** An upper bound for the size of the groups as JSON, in bytes. */
  bytes = 0;

  constructor(options: TallyOptions) {
    this.#options = options;
  }

  /** The groups in any order. Without dimensions, there is one group, or none without entries. */
  get groups(): readonly Group[] {
    return [...this.#groups.values()];
  }

  add(item: ListItem): void {
    const { groupBy, fromMillis, isCompared } = this.#options;
    const time = timeOf(item.id);
    const isPrevious = time < fromMillis;
    const key: Mutable<Group['key']> = {};
    for (const name of groupBy) {
      key[name] = name === 'time' ? this.#bucketOf(time, isPrevious) : (readers[name](item) ?? null);
    }
    const id = toGroupId({ key }, groupBy);
    let group = this.#groups.get(id);
    if (group === undefined) {
      const names = namesOf(item, groupBy);
      group = { key, ...(names && { names }), count: 0, denied: 0 };
      if (isCompared) group.previous = { count: 0, denied: 0 };
      this.#groups.set(id, group);
      this.bytes += groupBytes + Buffer.byteLength(id) + Buffer.byteLength(JSON.stringify(names ?? ''));
    }
    const counts = countsOf(item);
    if (isPrevious) group.previous = addCounts(group.previous, counts);
    else Object.assign(group, addCounts(group, counts));
  }

  #bucketOf(time: number, isPrevious: boolean): string | null {
    const { buckets } = this.#options;
    if (buckets === undefined) return null;
    return isPrevious ? buckets.nameOfPrevious(time) : buckets.nameOf(time);
  }
}

function countsOf({ decision }: ListItem): Counts {
  return decision === 'DENIED' ? { count: 0, denied: 1 } : { count: 1, denied: 0 };
}

function namesOf({ user, target }: ListItem, groupBy: readonly Dimension[]): Group['names'] {
  const names = {
    ...(groupBy.includes('user') && user.name !== undefined && { user: user.name }),
    ...(groupBy.includes('target') && { target: target.name }),
  };
  return Object.keys(names).length === 0 ? undefined : names;
}
