// Summarizes the measurements and formats them as a table with the goals.
import type { BundleFigures } from './measure-bundles.ts';
import type { Measured } from './measure-queries.ts';
import type { Throughput } from './measure-throughput.ts';
import type { Growth } from './seed.ts';
import { mean, quantile, round } from './statistics.ts';

export interface Machine {
  readonly date: string;
  readonly node: string;
  readonly cpus: string;
}

export interface Queries extends Machine {
  readonly entries: number;
  readonly queries: number;
  readonly growth: readonly Growth[];
  /** Absent from results of earlier versions. */
  readonly verdictAlone?: VerdictCosts;
  readonly page: Ratios;
  readonly walk: Ratios;
  readonly byPresence: Readonly<Record<string, { readonly page: Ratios; readonly walk: Ratios }>>;
  readonly byCombination: Readonly<Record<string, { readonly page: Ratios; readonly walk: Ratios }>>;
}

/** The results of the last run that measured each part. */
export interface Results {
  readonly queries?: Queries;
  readonly bundles?: Machine & { readonly functions: Readonly<Record<string, BundleFigures>> };
  readonly throughput?: Machine & Throughput;
}

/** Statistics over many queries about the ratio of our read units to those of another plan. */
export interface Ratios {
  readonly oracleMedian: number;
  readonly oracleP95: number;
  readonly oracleMax: number;
  /** The same for the reads of indexes only. Absent from results of earlier versions. */
  readonly indexMedian?: number;
  readonly indexP95?: number;
  readonly usualMax: number;
  /** The most read units by which a query exceeded 1.3 times the usual design. */
  readonly usualMaxExcess: number;
  /** The share of queries that exceeded 1.3 times the usual design. */
  readonly usualAbove13: number;
  /**
   * The median ratio of the usual design's read units to ours, over the 10 % of queries that are worst for that design.
   */
  readonly usualWorstTenth: number;
  readonly meanReadUnits: { readonly ours: number; readonly oracle: number; readonly usual: number };
  readonly meanRequests: { readonly ours: number; readonly oracle: number; readonly usual: number };
}

/** Summarizes the first pages or the walks of the queries. */
export function summarize(measured: readonly Measured[], part: 'page' | 'walk'): Ratios {
  const spent = measured.map((one) => one[part]);
  const toOracle = spent.map(({ ours, oracle }) => ours.readUnits / oracle.readUnits);
  const indexToOracle = spent.map(({ ours, oracle }) => ours.indexReadUnits / oracle.readUnits);
  const toUsual = spent.map(({ ours, usual }) => ours.readUnits / usual.readUnits);
  const excess = spent.map(({ ours, usual }) => ours.readUnits - 1.3 * usual.readUnits);
  const worst = [...spent]
    .sort((a, b) => b.usual.readUnits / b.ours.readUnits - a.usual.readUnits / a.ours.readUnits)
    .slice(0, Math.max(1, Math.floor(spent.length / 10)));
  const gains = worst.map(({ ours, usual }) => usual.readUnits / ours.readUnits);
  const means = (field: 'readUnits' | 'requests') => ({
    ours: round(mean(spent.map(({ ours }) => ours[field]))),
    oracle: round(mean(spent.map(({ oracle }) => oracle[field]))),
    usual: round(mean(spent.map(({ usual }) => usual[field]))),
  });
  return {
    oracleMedian: round(quantile(toOracle, 0.5)),
    oracleP95: round(quantile(toOracle, 0.95)),
    oracleMax: round(Math.max(...toOracle)),
    indexMedian: round(quantile(indexToOracle, 0.5)),
    indexP95: round(quantile(indexToOracle, 0.95)),
    usualMax: round(Math.max(...toUsual)),
    usualMaxExcess: round(Math.max(0, ...excess)),
    usualAbove13: round(toUsual.filter((ratio) => ratio > 1.3).length / toUsual.length, 4),
    usualWorstTenth: round(quantile(gains, 0.5)),
    meanReadUnits: means('readUnits'),
    meanRequests: means('requests'),
  };
}

/** The read units of the first page of a search by one verdict other than PERMITTED and nothing else. */
export interface VerdictCosts {
  readonly presentMean: number;
  readonly absentMax: number;
}

/** Returns the cost of searches by a verdict that the index of findings contains, such as `Denied`. */
export function costVerdicts(measured: readonly Measured[]): VerdictCosts {
  const alone = measured.filter(({ combination, isFinding }) => combination === 'verdict' && isFinding);
  const costsOf = (presence: string) =>
    alone.filter((one) => one.presence === presence).map(({ page }) => page.ours.readUnits);
  return { presentMean: round(mean(costsOf('present'))), absentMax: Math.max(...costsOf('absent')) };
}

/** Summarizes the queries in groups. */
export function groupRatios(measured: readonly Measured[], field: 'presence' | 'combination') {
  const groups = Object.groupBy(measured, (one) => one[field]);
  return Object.fromEntries(
    Object.entries(groups).map(([name, group = []]) => [
      name,
      { page: summarize(group, 'page'), walk: summarize(group, 'walk') },
    ]),
  );
}

/** Returns the goals and results as a Markdown table. */
export function toTable({ queries, bundles, throughput }: Results): string {
  const rows = [
    ...(queries ? queryRows(queries) : []),
    ...(bundles ? bundleRows(bundles.functions) : []),
    ...(throughput ? throughputRows(throughput) : []),
  ];
  return [
    '| measure | goal | measured |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

function queryRows({ growth, verdictAlone, page, walk }: Queries): string[][] {
  const [first, last] = [growth[0], growth.at(-1)];
  const units = (one: Growth | undefined) => Object.values(one?.pageReadUnits ?? {});
  const growthRatio = Math.max(
    ...Object.entries(last?.pageReadUnits ?? {}).map(
      ([name, now]) => now / (first?.pageReadUnits[name] ?? now),
    ),
  );
  return [
    ['single-filter page of 50, read units', '≤ 4, 1 Query', `${Math.max(...units(last))}, 1 Query`],
    [
      `the same with ${last?.entries} entries compared to ${first?.entries}`,
      '≤ 1.1 ×',
      `${round(growthRatio)} ×`,
    ],
    ...(verdictAlone
      ? [
          ['one verdict other than PERMITTED, absent, read units', '≤ 1', `${verdictAlone.absentMax}`],
          ['… present, first page, read units', 'as a single filter', `${verdictAlone.presentMean}`],
        ]
      : []),
    ['first page compared to the best plan in hindsight, median', '≤ 1.2 ×', `${page.oracleMedian} ×`],
    ['… 95th percentile', '≤ 2 ×', `${page.oracleP95} ×`],
    ...(page.indexMedian === undefined
      ? []
      : [['… index reads only: median, 95th percentile', '', `${page.indexMedian} ×, ${page.indexP95} ×`]]),
    ['full walk compared to the best plan in hindsight, median', '', `${walk.oracleMedian} ×`],
    ['… 95th percentile', '', `${walk.oracleP95} ×`],
    ['first page compared to the usual design, worst query', '≤ 1.3 ×', `${page.usualMax} ×`],
    [
      '… most read units above 1.3 ×; share of queries above',
      '',
      `${page.usualMaxExcess}; ${round(page.usualAbove13 * 100, 1)} %`,
    ],
    ['… its worst 10 %, median', '≥ 5 × cheaper', `${page.usualWorstTenth} ×`],
    ['full walk compared to the usual design, worst query', '≤ 1.3 ×', `${walk.usualMax} ×`],
    [
      '… most read units above 1.3 ×; share of queries above',
      '',
      `${walk.usualMaxExcess}; ${round(walk.usualAbove13 * 100, 1)} %`,
    ],
    ['… its worst 10 %, median', '≥ 5 × cheaper', `${walk.usualWorstTenth} ×`],
    ...growth.map((one) => [
      `write units per event, including the directory, mean of the first ${one.entries}`,
      '≤ 6.4',
      `${round(one.meanWriteUnits)}`,
    ]),
  ];
}

function bundleRows(functions: Readonly<Record<string, BundleFigures>>): string[][] {
  return Object.entries(functions)
    .filter(([name]) => name !== 'add-token-claims')
    .map(([name, { bytes, loadRatio, trimmedLoadRatio }]) => [
      `${name} (${Math.round(bytes / 1000)} KB): load time compared to the bare function; to a trimmed one`,
      '≤ 1.3 ×',
      `${round(loadRatio)} ×; ${round(trimmedLoadRatio)} ×`,
    ]);
}

function throughputRows({ ratio, recorder, barePuts, ownWorkMillis }: Throughput): string[][] {
  const { perSecond, cpuMillis } = recorder;
  const { inTurn, ...each } = ownWorkMillis;
  const steps = Object.entries(each).map(([step, millis]) => `${step} ${round(millis, 3)}`);
  return [
    ['recorder throughput compared to bare puts', '≥ 0.9 ×', `${round(ratio)} ×`],
    ['… per second', '', `${round(perSecond, 0)}; ${round(barePuts.perSecond, 0)}`],
    ['… CPU time of the process, ms per message', '', `${round(cpuMillis)}; ${round(barePuts.cpuMillis)}`],
    [
      "… the recorder's own steps, ms per message",
      '',
      `${round(inTurn)} in sequence; separately: ${steps.join(', ')}`,
    ],
  ];
}
