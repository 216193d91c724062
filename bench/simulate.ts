// `npm run bench:simulate`: the queries of the benchmark on simulated read units, in a minute or two, for trying planning
// strategies. The numbers that count come from `npm run bench`.
import { type ListItem, toListItem } from '../core/entry/entry.ts';
import { buildEntry } from '../core/recording/build-entry.ts';
import { entriesPerHalfUnit } from '../core/search/adaptive-read-size.ts';
import { toStorable } from '../store/entry-item.ts';
import { MemoryDirectory } from '../store/memory-directory.ts';
import { policy } from '../test/support/fixtures.ts';
import { groupByPartition, type Measured, measureQuery } from './measure-queries.ts';
import { partitionsFor } from './plans.ts';
import { groupRatios, summarize } from './report.ts';
import { generateSeedEvents, measuredOrganization, seedRange } from './seed-events.ts';
import { SimulatedStore } from './simulated-store.ts';
import { quantile, round } from './statistics.ts';
import { makeWorkload, pageSize } from './workload.ts';
import { spendZigzag } from './zigzag.ts';

const count = Number(process.argv[2] ?? 30_000);
const draws = Number(process.argv[3] ?? 5);

const entries = [...generateSeedEvents(count, 1)]
  .map((event) => {
    const admission = buildEntry(event, policy, seedRange.toMillis);
    if ('issues' in admission) throw new Error(JSON.stringify(admission.issues));
    return admission.entry;
  })
  .sort((a, b) => (a.id < b.id ? -1 : 1));
const stores = { entries: new SimulatedStore(), directory: new MemoryDirectory() };
const items: ListItem[] = [];
for (const entry of entries) {
  stores.entries.add(entry.organizationId, toStorable(entry, {}).item);
  if (entry.organizationId === measuredOrganization) items.push(toListItem(entry));
}
const partitions = groupByPartition(items);
const measured: Measured[] = [];
/** Of queries with two filters and more: ours and a zigzag join, read units of the first page over the best in hindsight. */
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
console.log(
  JSON.stringify({ page: summarize(measured, 'page'), walk: summarize(measured, 'walk') }, null, 2),
);
const described = (name: 'ours' | 'zigzag') => {
  const ratios = joins.map((one) => one[name]);
  return [0.5, 0.95, 1].map((share) => round(quantile(ratios, share)));
};
console.log(`${joins.length} queries of two filters and more against hindsight: median, p95, worst`);
console.log({ ours: described('ours'), 'zigzag with the best of three chunks': described('zigzag') });
const share = (count: number) => `${round((100 * count) / joins.length, 1)} %`;
console.log(`zigzag cheaper: ${share(joins.filter(({ ours, zigzag }) => zigzag < ours).length)}`);
console.log(`zigzag dearer: ${share(joins.filter(({ ours, zigzag }) => zigzag > ours).length)}`);
console.table(
  Object.fromEntries(
    Object.entries(groupRatios(measured, 'combination')).map(([name, { page }]) => [
      name,
      { median: page.oracleMedian, p95: page.oracleP95, worstAgainstUsual: page.usualMax },
    ]),
  ),
);
