// `npm run bench:following` measures what an open page costs a minute while it follows new entries: requests, read
// units, and bytes. Simulates the clock and DynamoDB's read units. Prints a table and asserts nothing.
import { gzipSync } from 'node:zlib';
import { deriveEntryId } from '../core/entry/derive-entry-id.ts';
import type { LogEntry } from '../core/entry/entry.ts';
import { maxLimit, parseQuery } from '../core/query/query.ts';
import { buildEntry } from '../core/recording/build-entry.ts';
import {
  activePauseMillis,
  completeFollowPoll,
  planFollowPoll,
  startFollowing,
} from '../core/search/follow-schedule.ts';
import { search } from '../core/search/search.ts';
import { fixedShards } from '../core/storage/shard-counts.ts';
import { toStorable } from '../store/entry-item.ts';
import { MemoryDirectory } from '../store/memory-directory.ts';
import { policy } from '../test/support/fixtures.ts';
import { noDetails } from './measure-queries.ts';
import { benchCaller } from './seed.ts';
import { generateSeedEvents, measuredOrganization, seedRange } from './seed-events.ts';
import { SimulatedStore } from './simulated-store.ts';
import { round } from './statistics.ts';

const second = 1000;
const minute = 60 * second;
/** Entries that occurred in the last 15 minutes, at any time. */
const entriesInWindow = 1200;
const windowMillis = 15 * minute;
const openMinutes = 10;
/** The time from an action to its entry in the indexes. */
const lagMillis = 2 * second;
const openedAt = Date.parse('2026-11-10T12:00:00.000Z');

interface Spent {
  requests: number;
  readUnits: number;
  bytes: number;
  uncompressedBytes: number;
}

/** Which times a poll reads. */
type Plan = { readonly fromMillis: number; readonly recordedFromMillis?: number };

/** Returns the planner of the schedule that the page and the command line use. */
function planInTiers(): (atMillis: number) => Plan {
  let state = startFollowing(openedAt);
  return (atMillis) => {
    const poll = planFollowPoll(state, atMillis);
    state = completeFollowPoll(state, poll);
    return poll;
  };
}

/** Returns the planner of earlier versions: every poll reads 15 minutes, and one every five minutes reads a day. */
function planWindows(): (atMillis: number) => Plan {
  let [lastMillis, lastDayMillis] = [openedAt, openedAt];
  return (atMillis) => {
    const isDay = atMillis - lastDayMillis >= 5 * minute;
    const fromMillis = isDay ? atMillis - 24 * 60 * minute : lastMillis - windowMillis;
    lastMillis = atMillis;
    if (isDay) lastDayMillis = atMillis;
    return { fromMillis };
  };
}

/** Follows for some minutes while entries arrive evenly, the first of them `historyMillis` before the page was opened. */
async function follow(historyMillis: number, plan: (atMillis: number) => Plan): Promise<Spent> {
  const paceMillis = windowMillis / entriesInWindow;
  const store = new SimulatedStore();
  let number = 0;
  const arriveUntil = (nowMillis: number) => {
    for (;;) {
      const occurredAtMillis = Math.round(openedAt - historyMillis + number * paceMillis);
      if (occurredAtMillis + lagMillis > nowMillis) return;
      store.add(
        measuredOrganization,
        toStorable(makeEntryAt(number++, occurredAtMillis), fixedShards()).item,
      );
    }
  };
  const spent: Spent = { requests: 0, readUnits: 0, bytes: 0, uncompressedBytes: 0 };
  let now = openedAt;
  const ports = {
    entries: store,
    details: noDetails,
    directory: new MemoryDirectory(),
    shards: {},
    limits: { readUnits: 128, timeMillis: 10_000 },
    now: () => now,
  };
  for (now += activePauseMillis; now <= openedAt + openMinutes * minute; now += activePauseMillis) {
    arriveUntil(now);
    const { fromMillis, recordedFromMillis } = plan(now);
    const parameters = new URLSearchParams({
      from: new Date(fromMillis).toISOString(),
      limit: String(maxLimit),
    });
    if (recordedFromMillis !== undefined) {
      parameters.set('recordedFrom', new Date(recordedFromMillis).toISOString());
    }
    const query = { ...parseQuery(parameters.toString()), debug: true };
    for (let cursor: string | undefined | null; cursor !== null; ) {
      const { consumedCapacity, ...page } = await search({ ...query, cursor }, benchCaller, ports);
      cursor = page.nextCursor;
      const body = JSON.stringify(page);
      spent.requests++;
      spent.readUnits += consumedCapacity?.readUnits ?? 0;
      spent.uncompressedBytes += Buffer.byteLength(body);
      spent.bytes += gzipSync(body, { level: 1 }).byteLength;
    }
  }
  return spent;
}

/** Entries whose times and IDs are replaced. Building every entry from an event would redact 100,000 events. */
const samples = [...generateSeedEvents(500, 1)].map((event) => {
  const built = buildEntry(event, policy, seedRange.toMillis);
  if ('issues' in built) throw new Error(JSON.stringify(built.issues));
  return built.entry;
});

function makeEntryAt(number: number, occurredAtMillis: number): LogEntry {
  const sample = samples[number % samples.length];
  if (sample === undefined) throw new Error('there are no samples');
  const id = deriveEntryId({
    organizationId: measuredOrganization,
    source: 'mayaops.services',
    eventId: `follow-${number}`,
    occurredAtMillis,
  });
  const timestamp = new Date(occurredAtMillis).toISOString();
  const recordedAt = new Date(occurredAtMillis + lagMillis / 2).toISOString();
  return { ...sample, id, organizationId: measuredOrganization, timestamp, recordedAt };
}

const histories = { '15 minutes': windowMillis, 'a day': 24 * 60 * minute } as const;
const plans = { 'before: 15 minutes every 5 s': planWindows, 'in tiers': planInTiers } as const;

const table: Record<string, Record<string, number>> = {};
for (const [history, historyMillis] of Object.entries(histories)) {
  for (const [name, plan] of Object.entries(plans)) {
    const { requests, readUnits, bytes, uncompressedBytes } = await follow(historyMillis, plan());
    table[`${name}; entries since ${history}`] = {
      'requests a minute': round(requests / openMinutes, 1),
      'read units a minute': round(readUnits / openMinutes, 1),
      'KB a minute': round(bytes / openMinutes / 1000, 1),
      'KB a minute, uncompressed': round(uncompressedBytes / openMinutes / 1000, 0),
    };
  }
}
console.log(`An open page, ${entriesInWindow} entries in 15 minutes, ${openMinutes} minutes`);
console.table(table);
