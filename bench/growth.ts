// `npm run bench:growth -- [--engine] entries…` measures how the read units of a page grow with the number of entries:
// in the simulation, or on dynoxide. Entries are derived from real ones, and have no details, because no page reads them.
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { deriveEntryId } from '../core/entry/derive-entry-id.ts';
import { type LogEntry, toListItem } from '../core/entry/entry.ts';
import type { Filters } from '../core/query/filters.ts';
import { buildEntry } from '../core/recording/build-entry.ts';
import { type SearchPorts, search } from '../core/search/search.ts';
import { entryKey, indexPartitionKey, indexValuesOf } from '../core/storage/keys.ts';
import { entryAttributes, indexPartitionAttributes } from '../core/storage/table-attributes.ts';
import type { Item } from '../store/entry-item.ts';
import { MemoryDirectory } from '../store/memory-directory.ts';
import { encodeView } from '../store/view-codec.ts';
import { makeDynamoDbStores } from '../test/support/dynamodb.ts';
import { startDynoxide } from '../test/support/dynoxide.ts';
import { policy } from '../test/support/fixtures.ts';
import { makeQuery } from '../test/support/search.ts';
import { noDetails } from './measure-queries.ts';
import { runConcurrently } from './run-concurrently.ts';
import { benchCaller } from './seed.ts';
import { generateSeedEvents, measuredOrganization, type SeedEvent, seedRange } from './seed-events.ts';
import { SimulatedStore } from './simulated-store.ts';

const usesEngine = process.argv.includes('--engine');
const sizes = process.argv
  .slice(2)
  .filter((argument) => argument !== '--engine')
  .map(Number);
if (sizes.length === 0 || sizes.some((size) => !Number.isSafeInteger(size) || size < 1000)) {
  console.error('Usage: npm run bench:growth -- [--engine] entries…; at least 1000 entries');
  process.exit(2);
}
function measureSize(size: number) {
  return usesEngine ? measureOnEngine(size) : measureSimulated(size);
}

async function measureSimulated(size: number) {
  const entries = new SimulatedStore();
  for (const entry of generateEntries(size)) entries.addEntry(entry, toIndexItem(entry));
  return measurePages(entries);
}

async function measureOnEngine(size: number) {
  const { endpoint, stop } = await startDynoxide();
  try {
    const { entries, documents, tableName } = await makeDynamoDbStores(endpoint);
    const items = Array.from(generateEntries(size), toIndexItem);
    const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, n) =>
      items.slice(n * 25, n * 25 + 25),
    );
    await runConcurrently(batches, 8, async (batch) => {
      const requests = batch.map((item) => ({ PutRequest: { Item: item } }));
      await documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
    });
    return await measurePages(entries);
  } finally {
    await stop();
  }
}

/** The values of the most frequent user, name, and place, and of each action and verdict. */
const queries: Readonly<Record<string, Filters>> = {
  'no filter': {},
  user: { user: ['u-1000'] },
  'rare user': { user: ['u-1199'] },
  action: { action: ['UPDATE'] },
  'account and Region': { account: ['100000000000'], region: ['eu-west-1'] },
  'resource name': { resource: ['service-0'] },
  'verdict, present': { verdict: ['DENIED'] },
  'verdict, absent': { verdict: ['UNKNOWN_ROLE'] },
  'verdict and user': { verdict: ['DENIED'], user: ['u-1000'] },
  'verdict and action': { verdict: ['DENIED'], action: ['DELETE'] },
};

/** Returns the read units and the entries of the first page of each query. */
async function measurePages(entries: SearchPorts['entries']) {
  const limits = { readUnits: 128, timeMillis: 60_000 };
  const directory = new MemoryDirectory();
  const ports = { entries, directory, details: noDetails, shards: {}, limits, now: Date.now };
  const pages: Record<string, string> = {};
  for (const [name, filters] of Object.entries(queries)) {
    const query = { ...makeQuery({ filters, debug: true }), ...seedRange };
    const { items, consumedCapacity } = await search(query, benchCaller, ports);
    pages[name] = `${consumedCapacity?.readUnits} units, ${items.length} entries`;
  }
  return pages;
}

/** Yields the entries of the measured organization in the order of their IDs. */
function* generateEntries(size: number): Generator<LogEntry> {
  const templates = new Map<string, LogEntry>();
  let sameTime: LogEntry[] = [];
  for (const event of generateSeedEvents(size, 1)) {
    if (event.detail.organizationId !== measuredOrganization) continue;
    const entry = deriveEntry(event, templates);
    if (sameTime[0] !== undefined && sameTime[0].timestamp !== entry.timestamp) {
      yield* sameTime.sort((a, b) => (a.id < b.id ? -1 : 1));
      sameTime = [];
    }
    sameTime.push(entry);
  }
  yield* sameTime.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Derives an entry from one with the same target, action, decision, and role, which the recorder's code built. */
function deriveEntry(event: SeedEvent, templates: Map<string, LogEntry>): LogEntry {
  const detail = event.detail as {
    readonly eventId: string;
    readonly accountId: string;
    readonly region: string;
    readonly actor: {
      readonly userId: string;
      readonly name: string;
      readonly email: string;
      readonly role: string;
    };
    readonly target: { readonly id: string };
    readonly authorization: { readonly decision: string };
  };
  const { actor } = detail;
  const key = [event['detail-type'], detail.target.id, actor.role, detail.authorization.decision].join();
  const template = templates.get(key) ?? build(event);
  templates.set(key, template);
  const { organizationId, source } = template;
  const { eventId } = detail;
  return {
    ...template,
    id: deriveEntryId({ organizationId, source, eventId, occurredAtMillis: Date.parse(event.time) }),
    eventId,
    timestamp: event.time,
    accountId: detail.accountId,
    region: detail.region,
    user: { ...template.user, id: actor.userId, name: actor.name, email: actor.email },
  };
}

function build(event: SeedEvent): LogEntry {
  const built = buildEntry(event, policy, seedRange.toMillis);
  if ('issues' in built) throw new Error(JSON.stringify(built.issues));
  return built.entry;
}

/** Returns the attributes that the indexes project. */
function toIndexItem(entry: LogEntry): Item {
  const { organizationId, id } = entry;
  return {
    [entryAttributes.pk]: entryKey(organizationId, id),
    [entryAttributes.id]: id,
    ...Object.fromEntries(
      Array.from(indexValuesOf(entry), ([index, values]) => [
        indexPartitionAttributes[index],
        indexPartitionKey(organizationId, index, values, 0),
      ]),
    ),
    [entryAttributes.view]: encodeView(toListItem(entry)),
  };
}

for (const size of sizes) console.log(JSON.stringify({ size, ...(await measureSize(size)) }));
