// Measures the recorder's throughput compared to bare conditional puts of the same items with the same concurrency on
// the same engine. The two alternate, so that changes in machine speed affect both. Also measures the CPU time.
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { directoryRowsOf } from '../core/directory/directory-rows.ts';
import type { LogEntry } from '../core/entry/entry.ts';
import { buildEntry } from '../core/recording/build-entry.ts';
import { Recorder } from '../core/recording/recorder.ts';
import { fixedShards } from '../core/storage/shard-counts.ts';
import { toStorable } from '../store/entry-item.ts';
import { makeDynamoDbStores } from '../test/support/dynamodb.ts';
import { policy } from '../test/support/fixtures.ts';
import { measureOwnWork, type OwnWork } from './measure-own-work.ts';
import { runConcurrently } from './run-concurrently.ts';
import { failingQueues } from './seed.ts';
import { generateSeedEvents, type SeedEvent } from './seed-events.ts';
import { quantile } from './statistics.ts';

const warmUpRounds = 3;
const rounds = 9;
const eventsPerRound = 1500;
const concurrency = 10;

/** The median speed of the recorder or of bare puts over all rounds. */
export interface Pace {
  readonly perSecond: number;
  /** CPU time of this process per message, without the engine. */
  readonly cpuMillis: number;
}

export interface Throughput {
  readonly recorder: Pace;
  readonly barePuts: Pace;
  /** The median ratio of the rounds. */
  readonly ratio: number;
  readonly ownWorkMillis: OwnWork;
}

export async function measureThroughput(endpoint: string): Promise<Throughput> {
  const [ours, bare] = [await makeDynamoDbStores(endpoint), await makeDynamoDbStores(endpoint)];
  const recorder = new Recorder({ ...ours, ...failingQueues }, policy);
  const events = [...generateSeedEvents((warmUpRounds + rounds) * eventsPerRound, 2)];
  // Fill the directory first, as it is after the first days of a deployment.
  for (const event of events)
    await ours.directory.ensure(organizationOf(event), directoryRowsOf(buildEntryOf(event)));
  const paces: { recorder: Pace; barePuts: Pace }[] = [];
  const batches: string[][] = [];
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    const batch = events.slice(round * eventsPerRound, (round + 1) * eventsPerRound);
    const bodies = batch.map((event) => JSON.stringify(event));
    const items = batch.map((event) => toStorable(buildEntryOf(event), fixedShards()).item);
    const putBare = (item: (typeof items)[number]) =>
      bare.documents.send(
        new PutCommand({
          TableName: bare.tableName,
          Item: item,
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    const barePuts = await measurePace(() =>
      runConcurrently(items, concurrency, async (item) => void (await putBare(item))),
    );
    const ourPace = await measurePace(() =>
      runConcurrently(
        chunk(bodies, batchSize),
        concurrency,
        async (batch) => void (await recorder.record(batch)),
      ),
    );
    // The first rounds only warm up V8, which has not compiled all of the recorder's code after one round.
    if (round < warmUpRounds) continue;
    paces.push({ recorder: ourPace, barePuts });
    batches.push(bodies);
  }
  return {
    recorder: medianPace(paces.map((one) => one.recorder)),
    barePuts: medianPace(paces.map((one) => one.barePuts)),
    ratio: median(paces.map((one) => one.recorder.perSecond / one.barePuts.perSecond)),
    ownWorkMillis: measureOwnWork(batches, (body) => buildEntryOf(JSON.parse(body))),
  };
}

/** The number of messages that Lambda passes to the recorder at a time. */
const batchSize = 100;

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, number) =>
    items.slice(number * size, (number + 1) * size),
  );
}

function buildEntryOf(event: unknown): LogEntry {
  const built = buildEntry(event, policy, Date.now());
  if ('issues' in built) throw new Error(JSON.stringify(built.issues));
  return built.entry;
}

function organizationOf(event: SeedEvent): string {
  return String(event.detail.organizationId);
}

/** Runs and measures one round. */
async function measurePace(work: () => Promise<void>): Promise<Pace> {
  const [start, cpuBefore] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    perSecond: eventsPerRound / ((performance.now() - start) / 1000),
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
