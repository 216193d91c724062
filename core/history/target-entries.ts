// Reads the entries of one target, and their states, within a read budget. A target is found through its names, so a page
// costs about as much as a list of one resource.
import type { Caller } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { exactTerm } from '../query/filter-grammar.ts';
import type { Query } from '../query/query.ts';
import { listPartitionKeys, type Plan } from '../search/plan.ts';
import { readVerified } from '../search/read-verified.ts';
import { type SearchPorts, searchPlanned } from '../search/search.ts';
import type { DirectoryReader, StoredEntry, TargetReader } from '../storage/ports.ts';
import { ShardCounts } from '../storage/shard-counts.ts';
import { indexNames } from '../storage/table-attributes.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import type { SelectedTarget } from './select-target.ts';
import { type DoneStep, isDenial, type Step } from './steps.ts';

/** The stores, settings and clock that a history uses. */
export interface HistoryPorts extends Omit<SearchPorts, 'directory'> {
  readonly directory: TargetReader & Pick<DirectoryReader, 'listShardSteps'>;
}

/** The maximum number of names to read. With more, the partition of the account and Region is read. */
const maxNames = 64;

/** The maximum number of entries whose states one BatchGetItem call reads. */
const maxBatch = 50;

const asTuple = <T>(value: T) => [value] as const;

/** The entries to read. */
export interface EntryRange {
  readonly fromMillis: number;
  readonly toMillis: number;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  /** Whether to leave out denied attempts. */
  readonly isDoneOnly?: boolean;
  /** The ID after which to continue. */
  readonly position?: string | undefined;
}

/** The entries found, and how far the search came. */
export interface FoundEntries {
  readonly items: readonly ListItem[];
  /** The ID after which to continue, or `undefined` if the range was searched to its end. */
  readonly next: string | undefined;
}

/** The entries of one target, for one request. Counts what it reads. */
export class TargetEntries {
  readonly #selected: SelectedTarget;
  readonly #caller: Caller;
  readonly #knownAtMillis: number | undefined;
  readonly #ports: HistoryPorts;
  readonly #deadline: number;
  /** The codes of the entries whose states cannot be read, one for each. */
  readonly problems: string[] = [];
  /** Read units consumed. For a caller limited to accounts, the budget of each search. */
  readUnits = 0;

  constructor(
    selected: SelectedTarget,
    caller: Caller,
    knownAtMillis: number | undefined,
    ports: HistoryPorts,
  ) {
    this.#selected = selected;
    this.#caller = caller;
    this.#knownAtMillis = knownAtMillis;
    this.#ports = ports;
    this.#deadline = ports.now() + ports.limits.timeMillis;
  }

  /** Whether the request has no time left. */
  get isOutOfTime(): boolean {
    return this.#ports.now() >= this.#deadline;
  }

  /** Finds entries in ID order, within this many read units. Makes progress regardless of the budget. */
  async find(range: EntryRange, readUnits: number): Promise<FoundEntries> {
    const { target, names } = this.#selected;
    const { fromMillis, toMillis, order, limit, position } = range;
    const query: Query = {
      fromMillis,
      toMillis,
      recordedToMillis: this.#knownAtMillis,
      filters: {
        resource: names.map(exactTerm),
        target: [exactTerm(target.id)],
        type: [exactTerm(target.type)],
        account: [target.accountId],
        region: [target.region],
        ...(range.isDoneOnly && { verdict: ['!DENIED'] }),
      },
      order,
      limit,
      debug: false,
    };
    const plan = await this.#plan(query);
    const from = position === undefined ? undefined : { position, index: indexNames[plan.index] };
    const budget = { readUnits, deadline: this.#deadline };
    const { page, cost, next } = await searchPlanned(
      query,
      this.#caller,
      { plans: [plan], from },
      budget,
      this.#ports,
    );
    this.readUnits += cost.readUnits;
    return { items: page.items, next: next?.position };
  }

  async #plan(query: Query): Promise<Plan> {
    const { organizationId } = this.#caller;
    const { target, names } = this.#selected;
    const { directory, shards } = this.#ports;
    const counts = new ShardCounts(shards, await directory.listShardSteps(organizationId));
    const partitionKeys =
      names.length <= maxNames
        ? listPartitionKeys(organizationId, 'resourceName', names.map(asTuple), query, counts)
        : listPartitionKeys(
            organizationId,
            'accountRegion',
            [[target.accountId, target.region]],
            query,
            counts,
          );
    return {
      index: names.length <= maxNames ? 'resourceName' : 'accountRegion',
      partitionKeys,
      isExact: false,
    };
  }

  /**
   * Reads the states of the entries that were done, in order, until the read units or the time are used up. Reads at least
   * one entry. Leaves out an entry that has just expired.
   */
  async readSteps(items: readonly ListItem[], readUnits: number): Promise<{ steps: Step[]; count: number }> {
    const steps: Step[] = [];
    const limit = this.readUnits + readUnits;
    let count = 0;
    while (count < items.length) {
      if (count > 0 && (this.readUnits >= limit || this.isOutOfTime)) break;
      const batch = items.slice(count, count + maxBatch);
      const ids = batch.filter((item) => !isDenial(item)).map(({ id }) => id);
      const chunk =
        ids.length === 0 ? undefined : await this.#ports.details.getDetails(this.#caller.organizationId, ids);
      this.readUnits += chunk?.readUnits ?? 0;
      for (const item of batch) {
        if (count > 0 && this.isOutOfTime) break;
        count++;
        const stored = chunk?.entries.get(item.id);
        if (isDenial(item)) steps.push({ item, isDenied: true });
        else if (stored !== undefined) steps.push(await this.#toStep(item, stored));
        else if (chunk?.unreadable?.has(item.id)) steps.push(this.#toUnreadable(item));
      }
    }
    return { steps, count };
  }

  async #toStep(item: ListItem, stored: StoredEntry): Promise<DoneStep> {
    try {
      const { before, after } = await readVerified(stored);
      return { item, before, after };
    } catch (error) {
      if (!(error instanceof RequestLogsError)) throw error;
      if (error.code === errorCodes.entryAltered) {
        this.problems.push(error.code);
        return { item, problem: 'ALTERED' };
      }
      if (error.code === errorCodes.statesUnreadable) return this.#toUnreadable(item);
      throw error;
    }
  }

  #toUnreadable(item: ListItem): DoneStep {
    this.problems.push(errorCodes.statesUnreadable);
    return { item, problem: 'UNREADABLE' };
  }
}
