// `npm run bench:simulate` runs the queries of the benchmark with simulated read units in one to two minutes, to try
// planning strategies. The reported numbers come from `npm run bench`.
import { type ListItem, toListItem } from '../core/entry/entry.ts';
import { buildEntry } from '../core/recording/build-entry.ts';
import { entriesPerHalfUnit } from '../core/search/adaptive-read-size.ts';
import { fixedShards } from '../core/storage/shard-counts.ts';
import { toStorable } from '../store/entry-item.ts';
import { MemoryDirectory } from '../store/memory-directory.ts';
import { policy } from '../test/support/fixtures.ts';
import { groupByPartition, type Measured, measureQuery } from './measure-queries.ts';
import { partitionsFor } from './plans.ts';
import { costVerdicts, groupRatios, summarize } from './report.ts';
import { generateSeedEvents, measuredOrganization, seedRange } from './seed-events.ts';
import { SimulatedStore } from './simulated-store.ts';
import { quantile, round } from './statistics.ts';
import { makeWorkload, pageSize } from './workload.ts';
import { spendZigzag } from './zigzag.ts';

const count = Number(process.argv[2] ?? 30_000);
const draws = Number(process.argv[3] ?? 5);

const entries = [...generateSeedEvents(count, 1)]
  .map((event) => {
    const built = buildEntry(event, policy, seedRange.toMillis);
    if ('issues' in built) throw new Error(JSON.stringify(built.issues));
    return built.entry;
  })
  .sort((a, b) => (a.id < b.id ? -1 : 1));
const stores = { entries: new SimulatedStore(), directory: new MemoryDirectory() };
const items: ListItem[] = [];
for (const entry of entries) {
  stores.entries.add(entry.organizationId, toStorable(entry, fixedShards()).item);
  if (entry.organizationId === measuredOrganization) items.push(toListItem(entry));
}
const partitions = groupByPartition(items);
const measured: Measured[] = [];
/** For queries with at least two filters: read units of our first page and of a zigzag join, relative to hindsight. */
const joins: { readonly ours: number; readonly zigzag: number }[] = [];
for (const bench of makeWorkload(items, draws, 7)) {
  const one = await measureQuery(stores, bench, partitions);
  measured.push(one);
  if (partitionsFor(bench.query).length < 3) continue;
  const { ours, oracle } = one.page;
  const chunks = [entriesPerHalfUnit, 2 * entriesPerHalfUnit, pageSize];
  const spent = await Promise.all(
    chunks.map((chunk) => spendZigzag(stores.entries, bench.query, pageSize, chunk)),
  );
  const zigzag = Math.min(...spent.map(({ readUnits }) => readUnits));
  joins.push({ ours: ours.readUnits / oracle.readUnits, zigzag: zigzag / oracle.readUnits });
}
console.log({ verdictAlone: costVerdicts(measured) });
console.log(
  JSON.stringify({ page: summarize(measured, 'page'), walk: summarize(measured, 'walk') }, null, 2),
);
const describeRatios = (name: 'ours' | 'zigzag') => {
  const ratios = joins.map((one) => one[name]);
  return [0.5, 0.95, 1].map((share) => round(quantile(ratios, share)));
};
console.log(`${joins.length} queries with at least two filters, compared to hindsight: median, p95, max`);
console.log({
  ours: describeRatios('ours'),
  'zigzag with the best of three chunk sizes': describeRatios('zigzag'),
});
const share = (count: number) => `${round((100 * count) / joins.length, 1)} %`;
console.log(`zigzag cheaper: ${share(joins.filter(({ ours, zigzag }) => zigzag < ours).length)}`);
console.log(`zigzag more expensive: ${share(joins.filter(({ ours, zigzag }) => zigzag > ours).length)}`);
console.table(
  Object.fromEntries(
    Object.entries(groupRatios(measured, 'combination')).map(([name, { page }]) => [
      name,
      { median: page.oracleMedian, p95: page.oracleP95, worstAgainstUsual: page.usualMax },
    ]),
  ),
);
