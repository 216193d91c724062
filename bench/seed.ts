// Fills the tables with the real recorder and measures the cost.
import type { ListItem } from '../core/entry/entry.ts';
import { toListItem } from '../core/entry/entry.ts';
import type { Filters } from '../core/query/query.ts';
import { Recorder, type RecorderPorts } from '../core/recording/recorder.ts';
import { search } from '../core/search/search.ts';
import type { makeDynamoDbStores } from '../test/support/dynamodb.ts';
import { policy } from '../test/support/fixtures.ts';
import { meterPuts } from '../test/support/meter-puts.ts';
import { recordOne } from '../test/support/record.ts';
import { makeQuery } from '../test/support/search.ts';
import { runConcurrently } from './run-concurrently.ts';
import { generateSeedEvents, measuredOrganization } from './seed-events.ts';
import { mean } from './statistics.ts';

export type Stores = Awaited<ReturnType<typeof makeDynamoDbStores>>;

export interface Growth {
  readonly entries: number;
  /** Write units per event since the previous checkpoint, for the entry, the directory and both. */
  readonly entryUnits: number;
  readonly directoryUnits: number;
  readonly writeUnits: number;
  /** Write units per event since the first event. */
  readonly meanWriteUnits: number;
  /** Mean read units of a page of 50 entries with one filter. */
  readonly pageReadUnits: Readonly<Record<string, number>>;
}

export interface Seeded {
  readonly items: readonly ListItem[];
  readonly growth: readonly Growth[];
}

export const benchCaller = {
  userId: 'bench',
  organizationId: measuredOrganization,
  role: 'Admin',
  accounts: undefined,
} as const;

const concurrency = 16;

/** Queues that fail, because a rejected event or a dead letter would be a bug in the generated data. */
export const failingQueues: Pick<RecorderPorts, 'rejected' | 'deadLetters'> = {
  rejected: { send: (body) => Promise.reject(new Error(`rejected: ${body.slice(0, 300)}`)) },
  deadLetters: { send: () => Promise.reject(new Error('dead letter')) },
};

/** Records `count` events, and measures at each checkpoint and at the end. */
export async function seed(
  stores: Stores,
  count: number,
  checkpoints: readonly number[],
  onProgress: (recorded: number) => void,
): Promise<Seeded> {
  const puts = meterPuts(stores.documents);
  const unitsOf = (tableName: string) => (puts.get(tableName) ?? []).reduce((sum, put) => sum + put.total, 0);
  const recorder = new Recorder({ ...stores, ...failingQueues }, policy);
  const items: ListItem[] = [];
  const growth: Growth[] = [];
  const all = { units: 0 };
  const events = generateSeedEvents(count, 1);
  for (const checkpoint of [...checkpoints.filter((one) => one < count), count]) {
    puts.clear();
    const before = growth.at(-1)?.entries ?? 0;
    await runConcurrently(take(events, checkpoint - before), concurrency, async (event) => {
      const outcome = await recordOne(recorder, JSON.stringify(event));
      if (outcome.status !== 'recorded') throw new Error(outcome.status);
      items.push(toListItem(outcome.entry));
      if (items.length % 1000 === 0) onProgress(items.length);
    });
    const [entryUnits, directoryUnits] = [unitsOf(stores.tableName), unitsOf(stores.directoryName)];
    all.units += entryUnits + directoryUnits;
    growth.push({
      entries: checkpoint,
      entryUnits: entryUnits / (checkpoint - before),
      directoryUnits: directoryUnits / (checkpoint - before),
      writeUnits: (entryUnits + directoryUnits) / (checkpoint - before),
      meanWriteUnits: all.units / checkpoint,
      pageReadUnits: await readPages(stores, items),
    });
  }
  items.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { items: items.filter((item) => item.organizationId === measuredOrganization), growth };
}

function* take<T>(values: Iterator<T>, count: number): Generator<T> {
  for (let taken = 0; taken < count; taken++) {
    const next = values.next();
    if (next.done) return;
    yield next.value;
  }
}

/** The number of pages to average for each filter, because the cost of a single page depends on its entries. */
const pagesPerFilter = 20;

/** Returns the mean read units of first pages of 50 entries with one filter, for values with at least 50 entries. */
async function readPages(stores: Stores, items: readonly ListItem[]): Promise<Record<string, number>> {
  const measuredItems = items.filter((item) => item.organizationId === measuredOrganization);
  const frequent = (pick: (item: ListItem) => string) => {
    const counts = new Map<string, number>();
    for (const item of measuredItems) counts.set(pick(item), (counts.get(pick(item)) ?? 0) + 1);
    return [...counts]
      .filter(([, count]) => count >= 50)
      .sort((a, b) => b[1] - a[1])
      .slice(0, pagesPerFilter)
      .map(([value]) => value);
  };
  const filters: Record<string, readonly Filters[]> = {
    time: [{}],
    user: frequent((item) => item.user.id).map((user) => ({ user: [user] })),
    action: ['CREATE', 'UPDATE', 'DELETE'].map((action) => ({ action: [action] })),
    accountRegion: frequent((item) => `${item.accountId} ${item.region}`).map((pair) => {
      const [account = '', region = ''] = pair.split(' ');
      return { account: [account], region: [region] };
    }),
    resourceName: frequent((item) => item.target.name).map((name) => ({ resource: [name] })),
  };
  const units: Record<string, number> = {};
  for (const [name, some] of Object.entries(filters)) {
    const spent = await Promise.all(some.map((filter) => readPage(stores, filter)));
    units[name] = mean(spent);
  }
  return units;
}

/** Returns the read units of one page. Fails if the page is not full or takes more than one Query. */
async function readPage(stores: Stores, filters: Filters): Promise<number> {
  const ports = { ...stores, shards: {}, limits: { readUnits: 128, timeMillis: 10_000 }, now: Date.now };
  const { items, consumedCapacity } = await search(makeQuery({ filters, debug: true }), benchCaller, ports);
  if (items.length !== 50 || consumedCapacity?.requests !== 1) {
    throw new Error(
      `${JSON.stringify(filters)}: ${items.length} items, ${consumedCapacity?.requests} requests`,
    );
  }
  return consumedCapacity.readUnits;
}
