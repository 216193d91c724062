// Defines the answer of a summary. core/api documents the same shape. Also runs in browsers.
import type { NotSearched } from '../search/detail-search.ts';
import type { ConsumedCapacity } from '../search/page.ts';
import type { Interval } from './intervals.ts';

/** What entries can be grouped by. */
export const dimensions = [
  'time',
  'action',
  'verdict',
  'user',
  'target',
  'kind',
  'type',
  'account',
  'region',
  'environment',
  'service',
  'role',
] as const;
export type Dimension = (typeof dimensions)[number];

export const groupOrders = ['count', 'denied', 'change'] as const;
export type GroupOrder = (typeof groupOrders)[number];

/** Numbers of entries. */
export interface Counts {
  /** Actions that were done. */
  readonly count: number;
  /** Attempts that the service denied. */
  readonly denied: number;
}

/** The entries with the same values. */
export interface Group extends Counts {
  /** The value of each dimension, or `null` if the entries have none. A time is the start of its bucket. */
  readonly key: { readonly [name in Dimension]?: string | null };
  /** The newest name of the user or the target. */
  readonly names?: { readonly user?: string; readonly target?: string };
  /** The same group in the previous period. Absent without a comparison. */
  readonly previous?: Counts;
}

/** The groups that are not listed, added up. */
export interface Others extends Counts {
  readonly groups: number;
  readonly previous?: Counts;
}

/** The groups of one grouping. */
export interface GroupList {
  readonly groupBy: readonly Dimension[];
  readonly groups: readonly Group[];
  readonly others: Others;
}

/** The period that the range is compared with, and its numbers. */
export interface PreviousSummary {
  readonly from: string;
  readonly to: string;
  readonly total: number;
  readonly denied: number;
}

/** Counts of the entries that match a query. */
export interface Summary extends GroupList {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  /** Absent unless entries are grouped by time. */
  readonly interval?: Interval;
  readonly total: number;
  readonly denied: number;
  readonly previous?: PreviousSummary;
  readonly topLists?: readonly GroupList[];
  /** Whether this answer alone counts every entry of the range and of the previous period. */
  readonly exact: boolean;
  /** An upper bound for all entries of the range and of the previous period. Only known from the sealed log. */
  readonly atMost?: number;
  /** Everything from the end of the range back to this time is counted. */
  readonly searchedThrough: string;
  readonly nextCursor: string | null;
  /** The size of the sealed log that has all counted entries. Absent if one of them is not in its column files yet. */
  readonly asOf?: number;
  /** Entries recorded after this time are not counted. Absent if only `asOf` limits what is counted. */
  readonly recordedTo?: string;
  readonly notSearched?: NotSearched;
  readonly consumedCapacity?: ConsumedCapacity;
}
