// The figures of a load run, as a table for people and JSON for comparison.
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
  /** Events that EventBridge took a second, and events whose entry was written. */
  readonly acceptedPerSecond: number;
  readonly recordedPerSecond: number;
  readonly emitFailures: Readonly<Record<string, number>>;
  readonly queries: QueryFigures;
  /** The engine before the load, and again after it, when its tables were full. */
  readonly bare: { readonly before: BareRates; readonly after: BareRates };
  /** Mebibytes of one process. */
  readonly memory: Readonly<Record<string, MemoryFigures>>;
  readonly verification: Verification;
}

/** As Markdown. */
export function toTable(results: LoadResults): string {
  const { queries, bare, memory, verification, emitFailures } = results;
  const queriesPerSecond = queries.answers / queries.seconds;
  const counted = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name}: ${count}`)
      .join(', ') || 'none';
  const rows: readonly (readonly [string, string | number])[] = [
    ['events accepted a second', round(results.acceptedPerSecond, 1)],
    ['events recorded a second', round(results.recordedPerSecond, 1)],
    [
      '… of bare conditional puts a second, before and after',
      ofBare(results.recordedPerSecond, bare, 'putsPerSecond'),
    ],
    ['queries a second', round(queriesPerSecond, 1)],
    ['… of bare Queries a second, before and after', ofBare(queriesPerSecond, bare, 'queriesPerSecond')],
    [
      'latency of a query, ms: p50, p97.5, p99, longest',
      [queries.p50, queries.p97_5, queries.p99, queries.max].join(', '),
    ],
    ['answers by status', counted(queries.statuses)],
    ['broken connections, of them timeouts', `${queries.errors}, ${queries.timeouts}`],
    ['failed puts on the bus, all sent again', counted(emitFailures)],
    ['events published, entries', `${verification.published}, ${verification.entries}`],
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
    '| process (how many), MiB each | first third | last third | growth a minute |',
    '| --- | --- | --- | --- |',
    ...memoryRows,
  ].join('\n');
}

function ofBare(rate: number, { before, after }: LoadResults['bare'], field: keyof BareRates): string {
  return [before, after]
    .map((bare) => `${round(rate / bare[field], 2)} of ${round(bare[field], 0)}`)
    .join(', ');
}
