// The measured figures against the goals, as a table for people and JSON for comparison.
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
  readonly page: Ratios;
  readonly walk: Ratios;
  readonly byPresence: Readonly<Record<string, { readonly page: Ratios; readonly walk: Ratios }>>;
  readonly byCombination: Readonly<Record<string, { readonly page: Ratios; readonly walk: Ratios }>>;
}

/** Each part is of the last run that measured it. */
export interface Results {
  readonly queries?: Queries;
  readonly bundles?: Machine & { readonly functions: Readonly<Record<string, BundleFigures>> };
  readonly throughput?: Machine & Throughput;
}

/** Read units of ours over those of another plan, over many queries. */
export interface Ratios {
  readonly oracleMedian: number;
  readonly oracleP95: number;
  readonly oracleMax: number;
  readonly usualMax: number;
  /** The most read units that a query of ours spent above 1.3 times the usual design's. */
  readonly usualMaxExcess: number;
  /** Share of queries that spent more than 1.3 times the usual design's. */
  readonly usualAbove13: number;
  /** The usual design's read units over ours, over the tenth of queries that are worst for it together. */
  readonly usualWorstTenth: number;
  readonly meanReadUnits: { readonly ours: number; readonly oracle: number; readonly usual: number };
  readonly meanRequests: { readonly ours: number; readonly oracle: number; readonly usual: number };
}

export function summarize(measured: readonly Measured[], part: 'page' | 'walk'): Ratios {
  const spent = measured.map((one) => one[part]);
  const toOracle = spent.map(({ ours, oracle }) => ours.readUnits / oracle.readUnits);
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
    usualMax: round(Math.max(...toUsual)),
    usualMaxExcess: round(Math.max(0, ...excess)),
    usualAbove13: round(toUsual.filter((ratio) => ratio > 1.3).length / toUsual.length, 4),
    usualWorstTenth: round(quantile(gains, 0.5)),
    meanReadUnits: means('readUnits'),
    meanRequests: means('requests'),
  };
}

export function groupRatios(measured: readonly Measured[], field: 'presence' | 'combination') {
  const groups = Object.groupBy(measured, (one) => one[field]);
  return Object.fromEntries(
    Object.entries(groups).map(([name, group = []]) => [
      name,
      { page: summarize(group, 'page'), walk: summarize(group, 'walk') },
    ]),
  );
}

/** The table of goals, as Markdown. */
export function toTable({ queries, bundles, throughput }: Results): string {
  const rows = [
    ...(queries ? rowsOfQueries(queries) : []),
    ...(bundles ? rowsOfBundles(bundles.functions) : []),
    ...(throughput ? rowsOfThroughput(throughput) : []),
  ];
  return [
    '| measure | goal | measured |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

function rowsOfQueries({ growth, page, walk }: Queries): string[][] {
  const [first, last] = [growth[0], growth.at(-1)];
  const units = (one: Growth | undefined) => Object.values(one?.pageReadUnits ?? {});
  const growthRatio = Math.max(
    ...Object.entries(last?.pageReadUnits ?? {}).map(
      ([name, now]) => now / (first?.pageReadUnits[name] ?? now),
    ),
  );
  return [
    ['single-filter page of 50, read units', '≤ 4, 1 Query', `${Math.max(...units(last))}, 1 Query`],
    [`the same at ${last?.entries} against ${first?.entries} entries`, '≤ 1.1 ×', `${round(growthRatio)} ×`],
    ['first page against the best plan in hindsight, median', '≤ 1.2 ×', `${page.oracleMedian} ×`],
    ['… 95th percentile', '≤ 2 ×', `${page.oracleP95} ×`],
    ['whole walk against the best plan in hindsight, median', '', `${walk.oracleMedian} ×`],
    ['… 95th percentile', '', `${walk.oracleP95} ×`],
    ['first page against the usual design, worst query', '≤ 1.3 ×', `${page.usualMax} ×`],
    [
      '… most read units above 1.3 ×; share of queries',
      '',
      `${page.usualMaxExcess}; ${round(page.usualAbove13 * 100, 1)} %`,
    ],
    ['… its worst tenth, median', '≥ 5 × cheaper', `${page.usualWorstTenth} ×`],
    ['whole walk against the usual design, worst query', '≤ 1.3 ×', `${walk.usualMax} ×`],
    [
      '… most read units above 1.3 ×; share of queries',
      '',
      `${walk.usualMaxExcess}; ${round(walk.usualAbove13 * 100, 1)} %`,
    ],
    ['… its worst tenth, median', '≥ 5 × cheaper', `${walk.usualWorstTenth} ×`],
    ...growth.map((one) => [
      `write units an event, directory included, mean of the first ${one.entries}`,
      '≤ 6.4',
      `${round(one.meanWriteUnits)}`,
    ]),
  ];
}

function rowsOfBundles(functions: Readonly<Record<string, BundleFigures>>): string[][] {
  return Object.entries(functions)
    .filter(([name]) => name !== 'add-token-claims')
    .map(([name, { bytes, loadRatio, trimmedLoadRatio }]) => [
      `${name} (${Math.round(bytes / 1000)} KB): load time against the bare function; against a trimmed one`,
      '≤ 1.3 ×',
      `${round(loadRatio)} ×; ${round(trimmedLoadRatio)} ×`,
    ]);
}

function rowsOfThroughput({ ratio, recorder, barePuts, ownWorkMillis }: Throughput): string[][] {
  const { perSecond, cpuMillis } = recorder;
  const { inTurn, ...each } = ownWorkMillis;
  const steps = Object.entries(each).map(([step, millis]) => `${step} ${round(millis, 3)}`);
  return [
    ['recorder throughput against bare puts', '≥ 0.8 ×', `${round(ratio)} ×`],
    ['… a second', '', `${round(perSecond, 0)}; ${round(barePuts.perSecond, 0)}`],
    ['… CPU time of the process, ms a message', '', `${round(cpuMillis)}; ${round(barePuts.cpuMillis)}`],
    ["… the recorder's own steps, ms a message", '', `${round(inTurn)} in turn; each: ${steps.join(', ')}`],
  ];
}
