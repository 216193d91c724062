// `npm run bench` measures on dynoxide, prints a table and writes bench/results.json. For the method, see
// bench/README.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeDynamoDbStores } from '../test/support/dynamodb.ts';
import { startDynoxide } from '../test/support/dynoxide.ts';
import { measureBundles } from './measure-bundles.ts';
import { groupByPartition, type Measured, measureQuery } from './measure-queries.ts';
import { measureThroughput } from './measure-throughput.ts';
import { costVerdicts, groupRatios, type Queries, type Results, summarize, toTable } from './report.ts';
import { runConcurrently } from './run-concurrently.ts';
import { seed } from './seed.ts';
import { makeWorkload } from './workload.ts';

const parts = ['bundles', 'throughput', 'queries'] as const;

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '100000' },
    draws: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true, default: [...parts] },
  },
});
const [entries, draws] = [Number(values.entries), Number(values.draws)];
const chosen = parts.filter((part) => values.only.includes(part));
if (
  !(Number.isSafeInteger(entries) && entries >= 1000 && Number.isSafeInteger(draws) && draws >= 1) ||
  chosen.length < values.only.length
) {
  console.error(
    `Usage: npm run bench -- [--entries N] [--draws N] [--only ${parts.join('|')}]…; at least 1000 entries and 1 draw`,
  );
  process.exit(2);
}

const resultsFile = join(import.meta.dirname, 'results.json');
const machine = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cpus: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
};
const say = (text: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** Saves the results of one part and keeps the other parts of earlier runs. */
function save(part: Partial<Results>): void {
  const results: Partial<Results> = { ...readResults(), ...part };
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
}

function readResults(): Partial<Results> {
  return existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as Partial<Results>) : {};
}

async function measureAllQueries(endpoint: string): Promise<Queries> {
  say(`recording ${entries} events`);
  const stores = await makeDynamoDbStores(endpoint);
  const { items, growth } = await seed(stores, entries, [1_000, 10_000], (recorded) => {
    if (recorded % 10_000 === 0) say(`  ${recorded} recorded`);
  });
  const workload = makeWorkload(items, draws, 7);
  say(`measuring ${workload.length} queries`);
  const partitions = groupByPartition(items);
  const measured: Measured[] = [];
  // Read units are counted per response, so parallel queries do not affect each other.
  await runConcurrently(workload, 4, async (bench) => {
    measured.push(await measureQuery(stores, bench, partitions));
    if (measured.length % 50 === 0) say(`  ${measured.length} measured`);
  });
  return {
    ...machine,
    entries,
    queries: measured.length,
    growth,
    verdictAlone: costVerdicts(measured),
    page: summarize(measured, 'page'),
    walk: summarize(measured, 'walk'),
    byPresence: groupRatios(measured, 'presence'),
    byCombination: groupRatios(measured, 'combination'),
  };
}

if (chosen.includes('bundles')) {
  say('measuring bundles and load times');
  save({ bundles: { ...machine, functions: await measureBundles() } });
}
if (chosen.includes('throughput') || chosen.includes('queries')) {
  const { endpoint, stop } = await startDynoxide();
  try {
    if (chosen.includes('throughput')) {
      say('measuring throughput');
      save({ throughput: { ...machine, ...(await measureThroughput(endpoint)) } });
    }
    if (chosen.includes('queries')) save({ queries: await measureAllQueries(endpoint) });
  } finally {
    await stop();
  }
}
console.log(toTable(readResults()));
