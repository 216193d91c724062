// `npm run bench:simulate`: the queries of the benchmark on simulated read units, in a minute or two, for trying planning
// strategies. The numbers that count come from `npm run bench`.
import { admit } from '../core/admission.ts';
import { type ListItem, toListItem } from '../core/entry.ts';
import { toStorable } from '../store/entry-item.ts';
import { MemoryDirectory } from '../store/memory-directory.ts';
import { policy } from '../test/support/fixtures.ts';
import { groupByPartition, type Measured, measureQuery } from './measure-queries.ts';
import { groupRatios, summarize } from './report.ts';
import { generateSeedEvents, measuredOrganization, seedRange } from './seed-events.ts';
import { SimulatedStore } from './simulated-store.ts';
import { makeWorkload } from './workload.ts';

const count = Number(process.argv[2] ?? 30_000);
const draws = Number(process.argv[3] ?? 5);

const entries = [...generateSeedEvents(count, 1)]
  .map((event) => {
    const admission = admit(event, policy, seedRange.toMillis);
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
for (const query of makeWorkload(items, draws, 7))
  measured.push(await measureQuery(stores, query, partitions));
console.log(
  JSON.stringify({ page: summarize(measured, 'page'), walk: summarize(measured, 'walk') }, null, 2),
);
console.table(
  Object.fromEntries(
    Object.entries(groupRatios(measured, 'combination')).map(([name, { page }]) => [
      name,
      { median: page.oracleMedian, p95: page.oracleP95, worstAgainstUsual: page.usualMax },
    ]),
  ),
);
