// Measures the overview of the page at 100,000 entries in 30 days, compared with as many before: what it reads from the
// sealed log and from the table, and the CPU time. Compares its numbers with a count of the generated rows.
import { summarize } from '../core/counts/summarize.ts';
import { parseSummaryQuery } from '../core/counts/summary-query.ts';
import { toCommittedText } from '../core/entry/committed-text.ts';
import type { LogEntry } from '../core/entry/entry.ts';
import { lowestIdAt, timeOf } from '../core/entry/entry-id.ts';
import { countIndexKey } from '../core/log/archive-keys.ts';
import { encodeJson } from '../core/log/batch.ts';
import { type CountIndex, describeSegment, keyOfSegment } from '../core/log/count-index.ts';
import { type CountRow, encodeSegment, toCountRow } from '../core/log/count-segment.ts';
import { toOrderObject } from '../core/log/order-object.ts';
import { makeEntry } from '../test/support/entries.ts';
import { makeCaller, now } from '../test/support/fixtures.ts';
import { memoryPorts } from '../test/support/search.ts';

const day = 86_400_000;
const entriesOfMonth = 100_000;
const stepMillis = (30 * day) / entriesOfMonth;
const total = 2 * entriesOfMonth;
/** The newest entries, which are also in the table. */
const recentCount = 500;
/** The newest ones, of which the first four are sealed and not in segments, and the last one is not sealed. */
const behind = 5;

const timeAt = (place: number) => now - (total - place) * stepMillis;

function entryAt(place: number): LogEntry {
  const occurredAtMillis = timeAt(place);
  return makeEntry({
    eventId: `evt-${place}`,
    occurredAtMillis,
    recordedAtMillis: occurredAtMillis + 2000,
    userId: `u-${(place * 7919) % 200}`,
    name: `orders-${(place * 31) % 2000}`,
    environment: ['prod', 'test', undefined][place % 3],
    action: (['CREATE', 'UPDATE', 'DELETE'] as const)[place % 3] ?? 'UPDATE',
    verdict: place % 50 === 0 ? 'DENIED' : 'PERMITTED',
  });
}

/** A row with another ID and time, because building every entry would take minutes. */
function rowAt(place: number, samples: readonly CountRow[]): CountRow {
  const sample = samples[place % samples.length] as CountRow;
  const id = lowestIdAt(timeAt(place)).slice(0, 10) + String(place).padStart(16, '0');
  return { ...sample, index: place, id, recordedAt: timeAt(place) + 2000 };
}

function toRow(entry: LogEntry, index: number): CountRow {
  const committed = toCommittedText(entry, entry);
  return toCountRow({ index, nonce: new Uint8Array(16), committed }) as CountRow;
}

const recent = Array.from({ length: recentCount }, (_, each) => entryAt(total - recentCount + each));
const samples = Array.from({ length: 6000 }, (_, place) => toRow(entryAt(place), place));
const rows = Array.from({ length: total - recentCount }, (_, place) => rowAt(place, samples));
rows.push(...recent.slice(0, -behind).map((entry, each) => toRow(entry, total - recentCount + each)));

const objects = new Map<string, Uint8Array>();
const size = rows.length;
const segments = [...Map.groupBy(rows, ({ id }) => new Date(timeOf(id)).toISOString().slice(0, 10))].map(
  ([name, ofDay]) => {
    const segment = describeSegment({ day: name }, ofDay);
    objects.set(keyOfSegment('acme', segment), encodeSegment(ofDay));
    return segment;
  },
);
const through = timeAt(size) + 5000;
const index: CountIndex = { format: 1, first: 0, since: timeAt(0), size, through, unreadable: 0, segments };
objects.set(countIndexKey('acme'), encodeJson(index));
const sealed = recent.slice(-behind, -1);
const leaves = sealed.map(({ id }) => ({
  leaf: new Uint8Array(),
  id,
  content: { nonce: new Uint8Array(), text: '' },
}));
const order = toOrderObject(
  { decidedAtMillis: now },
  { organizationId: 'acme', edge: { size, hashes: [] }, leaves },
);
objects.set(order.key, order.bytes);

let reads = 0;
const countObjects = {
  get: async (key: string) => {
    reads++;
    const bytes = objects.get(key);
    return bytes && { bytes, etag: '' };
  },
  list: async (prefix: string, after = '') => {
    reads++;
    return {
      keys: [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after),
      hasMore: false,
    };
  },
};

const ports = { ...(await memoryPorts(recent)), countObjects };
const from = new Date(now - 30 * day).toISOString();
const lists = 'topLists=user,target,environment,verdict,role';
const request = parseSummaryQuery(
  `groupBy=time,action&${lists}&top=5&compare=previous&from=${from}&debug=true`,
);
const times: number[] = [];
let summary = await summarize(request, makeCaller(), ports);
const readsOfOne = reads;
for (let run = 0; run < 5; run++) {
  const start = process.cpuUsage();
  summary = await summarize(request, makeCaller(), ports);
  const { user, system } = process.cpuUsage(start);
  times.push((user + system) / 1000);
}
const counted =
  summary.total + summary.denied + (summary.previous?.total ?? 0) + (summary.previous?.denied ?? 0);
const expected = [...rows.map(({ id }) => timeOf(id)), ...recent.slice(-behind).map(({ id }) => timeOf(id))];
const bytes = [...objects.values()].reduce((sum, one) => sum + one.length, 0);
console.log(
  JSON.stringify({
    exact: summary.exact,
    counted,
    expected: expected.filter((time) => time >= now - 60 * day && time <= now).length,
    s3Reads: readsOfOne,
    readUnits: summary.consumedCapacity?.readUnits,
    medianCpuMillis: Math.round(times.sort((one, other) => one - other)[2] ?? 0),
    bytesOfEntry: Number((bytes / total).toFixed(1)),
  }),
);
