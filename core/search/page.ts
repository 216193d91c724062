// Defines what a list request returns.
import type { ListItem } from '../entry/entry.ts';
import type { Sealing } from '../entry/entry-response-schemas.ts';
import type { NotSearched } from './detail-search.ts';
import type { Suggestion } from './near-miss-collector.ts';

/** An entry of a list. */
export type PageItem = Flat<
  ListItem & {
    /** Where the entry is in the sealed log. Present only in the order of the log. */
    readonly sealed?: Sealing;
  }
>;

type Flat<T> = { readonly [Name in keyof T]: T[Name] };

/** One page of a list. */
export interface Page {
  readonly items: readonly PageItem[];
  /** Continues directly after this page. `null` if the complete range was searched. */
  readonly nextCursor: string | null;
  readonly complete: boolean;
  /**
   * Continues after this page, even if it is the last one: whatever is sealed later follows. Never expires. Present only in
   * the order of the sealed log.
   */
  readonly resumeCursor?: string;
  /** The number of leaves that the page passed whose entries have expired or were removed. Absent if there are none. */
  readonly removed?: number;
  /** The time up to which every entry has been searched, from the start of the range in list order. */
  readonly searchedThrough: string;
  /** The entries that match all other filters but whose details cannot be read. Absent if there are none. */
  readonly notSearched?: NotSearched;
  /** Other spellings of the query's values. Present only if the page is not full and there are some. */
  readonly suggestions?: readonly Suggestion[];
  /** The cost of the page, including planning and suggestions. Present only if the query requests it. */
  readonly consumedCapacity?: ConsumedCapacity;
}

/** The cost of a page. */
export interface ConsumedCapacity {
  /** The index that the page was read from. */
  readonly index: string;
  readonly readUnits: number;
  /** The number of Query requests sent to indexes. */
  readonly requests: number;
  /** The number of entries read to search their details. Absent if the query does not filter details. */
  readonly details?: number;
  /** The number of requests for objects of the sealed log. Absent if it was not read. */
  readonly objects?: number;
}
