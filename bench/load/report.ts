// Formats the results of a load run as a table.
import { round } from '../statistics.ts';
import type { BareRates } from './bare-rates.ts';
import type { MemoryFigures } from './memory.ts';
import type { QueryFigures } from './query-load.ts';
import type { Verification } from './verify.ts';

export interface LoadResults {
  readonly date: string;
  readonly node: string;
  readonly cpus: string;
  readonly engine: string;
  readonly minutes: number;
  readonly connections: number;
  /** Events that the bus accepted per second. */
  readonly acceptedPerSecond: number;
  /** Events whose entry was written per second. */
  readonly recordedPerSecond: number;
  readonly emitFailures: Readonly<Record<string, number>>;
  readonly queries: QueryFigures;
  /** The rates of the engine alone, before the load and after it with full tables. */
  readonly bare: { readonly before: BareRates; readonly after: BareRates };
  /** Memory per process, in MiB. */
  readonly memory: Readonly<Record<string, MemoryFigures>>;
  readonly verification: Verification;
}

/** Returns the results as Markdown. */
export function toTable(results: LoadResults): string {
  const { queries, bare, memory, verification, emitFailures } = results;
  const queriesPerSecond = queries.responses / queries.seconds;
  const formatCounts = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name}: ${count}`)
      .join(', ') || 'none';
  const rows: readonly (readonly [string, string | number])[] = [
    ['events accepted per second', round(results.acceptedPerSecond, 1)],
    ['events recorded per second', round(results.recordedPerSecond, 1)],
    [
      '… compared to bare conditional puts per second, before and after',
      compareToBare(results.recordedPerSecond, bare, 'putsPerSecond'),
    ],
    ['queries per second', round(queriesPerSecond, 1)],
    [
      '… compared to bare Queries per second, before and after',
      compareToBare(queriesPerSecond, bare, 'queriesPerSecond'),
    ],
    [
      'query latency, ms: p50, p97.5, p99, max',
      [queries.p50, queries.p97_5, queries.p99, queries.max].join(', '),
    ],
    ['responses by status', formatCounts(queries.statuses)],
    ['failed connections, timeouts among them', `${queries.errors}, ${queries.timeouts}`],
    ['failed PutEvents entries, all sent again', formatCounts(emitFailures)],
    ['published events, entries', `${verification.published}, ${verification.entries}`],
    ['missing, unexpected entries', `${verification.missing}, ${verification.unexpected}`],
    [
      'rejected, dead letters, undelivered',
      [verification.rejected, verification.deadLetters, verification.undelivered].join(', '),
    ],
  ];
  const memoryRows = Object.entries(memory).map(
    ([name, { processes, firstThird, lastThird, growthPerMinute }]) =>
      `| ${name} (${processes}) | ${firstThird} | ${lastThird} | ${growthPerMinute} |`,
  );
  return [
    `${results.minutes} minutes on ${results.engine}, ${results.connections} connections, ${results.cpus}, Node.js ${results.node}`,
    '',
    '| measure | value |',
    '| --- | --- |',
    ...rows.map(([measure, value]) => `| ${measure} | ${value} |`),
    '',
    '| process (count), MiB each | first third | last third | growth per minute |',
    '| --- | --- | --- | --- |',
    ...memoryRows,
  ].join('\n');
}

function compareToBare(rate: number, { before, after }: LoadResults['bare'], field: keyof BareRates): string {
  return [before, after]
    .map((bare) => `${round(rate / bare[field], 2)} × ${round(bare[field], 0)}`)
    .join(', ');
}
