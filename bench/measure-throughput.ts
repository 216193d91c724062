// Events a second through the recorder, against bare conditional puts of the same items at the same concurrency on the
// same engine, in turn, so that the machine's moods hit both; and where the process's time goes.
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { directoryRowsOf } from '../core/directory/directory-rows.ts';
import type { LogEntry } from '../core/entry/entry.ts';
import { buildEntry } from '../core/recording/build-entry.ts';
import { Recorder } from '../core/recording/recorder.ts';
import { toStorable } from '../store/entry-item.ts';
import { makeDynamoDbStores } from '../test/support/dynamodb.ts';
import { policy } from '../test/support/fixtures.ts';
import { measureOwnWork, type OwnWork } from './measure-own-work.ts';
import { runConcurrently } from './run-concurrently.ts';
import { refusing } from './seed.ts';
import { generateSeedEvents, type SeedEvent } from './seed-events.ts';
import { quantile } from './statistics.ts';

const warmUpRounds = 3;
const rounds = 9;
const eventsPerRound = 1500;
const concurrency = 10;

/** What one of the two did: medians of the rounds. */
export interface Pace {
  readonly perSecond: number;
  /** CPU time of this process a message; the engine has its own. */
  readonly cpuMillis: number;
}

export interface Throughput {
  readonly recorder: Pace;
  readonly barePuts: Pace;
  /** Median of the rounds' ratios. */
  readonly ratio: number;
  readonly ownWorkMillis: OwnWork;
}

export async function measureThroughput(endpoint: string): Promise<Throughput> {
  const [ours, bare] = [await makeDynamoDbStores(endpoint), await makeDynamoDbStores(endpoint)];
  const recorder = new Recorder({ ...ours, ...refusing }, policy);
  const events = [...generateSeedEvents((warmUpRounds + rounds) * eventsPerRound, 2)];
  // Its values are in the directory already, as they are after the first days of a stack's life.
  for (const event of events)
    await ours.directory.ensure(organizationOf(event), directoryRowsOf(admitted(event)));
  const paces: { recorder: Pace; barePuts: Pace }[] = [];
  const batches: string[][] = [];
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    const batch = events.slice(round * eventsPerRound, (round + 1) * eventsPerRound);
    const bodies = batch.map((event) => JSON.stringify(event));
    const items = batch.map((event) => toStorable(admitted(event), {}).item);
    const putBare = (item: (typeof items)[number]) =>
      bare.documents.send(
        new PutCommand({
          TableName: bare.tableName,
          Item: item,
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    const barePuts = await paceOf(() =>
      runConcurrently(items, concurrency, async (item) => void (await putBare(item))),
    );
    const ourPace = await paceOf(() =>
      runConcurrently(
        chunk(bodies, batchSize),
        concurrency,
        async (batch) => void (await recorder.record(batch)),
      ),
    );
    // The first rounds warm both up: V8 has not compiled all of the recorder's code after one.
    if (round < warmUpRounds) continue;
    paces.push({ recorder: ourPace, barePuts });
    batches.push(bodies);
  }
  return {
    recorder: medianPace(paces.map((one) => one.recorder)),
    barePuts: medianPace(paces.map((one) => one.barePuts)),
    ratio: median(paces.map((one) => one.recorder.perSecond / one.barePuts.perSecond)),
    ownWorkMillis: measureOwnWork(batches, (body) => admitted(JSON.parse(body))),
  };
}

/** Messages that Lambda hands over at once. */
const batchSize = 100;

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, number) =>
    items.slice(number * size, (number + 1) * size),
  );
}

function admitted(event: unknown): LogEntry {
  const admission = buildEntry(event, policy, Date.now());
  if ('issues' in admission) throw new Error(JSON.stringify(admission.issues));
  return admission.entry;
}

function organizationOf(event: SeedEvent): string {
  return String(event.detail.organizationId);
}

/** Runs one round. */
async function paceOf(work: () => Promise<void>): Promise<Pace> {
  const [begun, cpuBefore] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    perSecond: eventsPerRound / ((performance.now() - begun) / 1000),
    cpuMillis: (user + system) / 1000 / eventsPerRound,
  };
}

function medianPace(paces: readonly Pace[]): Pace {
  return {
    perSecond: median(paces.map((pace) => pace.perSecond)),
    cpuMillis: median(paces.map((pace) => pace.cpuMillis)),
  };
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
