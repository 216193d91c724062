// Events a second through the recorder, against bare conditional puts of the same items at the same concurrency on the
// same engine, in turn, so that the machine's moods hit both.
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { admit } from '../core/admission.ts';
import { directoryRowsOf } from '../core/directory-rows.ts';
import type { LogEntry } from '../core/entry.ts';
import { Recorder } from '../core/recorder.ts';
import { toStorable } from '../store/entry-item.ts';
import { makeDynamoDbStores } from '../test/support/dynamodb.ts';
import { policy } from '../test/support/fixtures.ts';
import { runConcurrently } from './run-concurrently.ts';
import { refusing } from './seed.ts';
import { generateSeedEvents, type SeedEvent } from './seed-events.ts';
import { quantile } from './statistics.ts';

const rounds = 7;
const eventsPerRound = 1500;
const concurrency = 10;

export interface Throughput {
  readonly recorderPerSecond: number;
  readonly barePutsPerSecond: number;
  /** Median of the rounds' ratios. */
  readonly ratio: number;
}

export async function measureThroughput(endpoint: string): Promise<Throughput> {
  const [ours, bare] = [await makeDynamoDbStores(endpoint), await makeDynamoDbStores(endpoint)];
  const recorder = new Recorder({ ...ours, ...refusing }, policy);
  const events = [...generateSeedEvents((rounds + 1) * eventsPerRound, 2)];
  // Its values are in the directory already, as they are after the first days of a stack's life.
  for (const event of events)
    await ours.directory.ensure(organizationOf(event), directoryRowsOf(admitted(event)));
  const perSecond: { recorder: number; bare: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
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
    const bareSeconds = await time(() =>
      runConcurrently(items, concurrency, async (item) => void (await putBare(item))),
    );
    const ourSeconds = await time(() =>
      runConcurrently(bodies, concurrency, async (body) => void (await recorder.record(body))),
    );
    // The first round warms both up: code, connections and, here, the directory.
    if (round > 0)
      perSecond.push({ recorder: eventsPerRound / ourSeconds, bare: eventsPerRound / bareSeconds });
  }
  return {
    recorderPerSecond: quantile(
      perSecond.map((one) => one.recorder),
      0.5,
    ),
    barePutsPerSecond: quantile(
      perSecond.map((one) => one.bare),
      0.5,
    ),
    ratio: quantile(
      perSecond.map((one) => one.recorder / one.bare),
      0.5,
    ),
  };
}

function admitted(event: SeedEvent): LogEntry {
  const admission = admit(event, policy, Date.now());
  if ('issues' in admission) throw new Error(JSON.stringify(admission.issues));
  return admission.entry;
}

function organizationOf(event: SeedEvent): string {
  return String(event.detail.organizationId);
}

async function time(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
