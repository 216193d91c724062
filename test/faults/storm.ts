// Runs one storm: starts all parts, sends the scheduled deliveries while faults happen, and lets the stack
// settle.
import { redriveCredentials } from '../support/redrive-credentials.ts';
import { BusFaults } from './bus-faults.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { createIncidents } from './incidents.ts';
import { RecorderProcesses } from './recorder-processes.ts';
import type { Sabotage } from './sabotage.ts';
import { type Delivery, scheduleStorm } from './schedule.ts';
import { Senders } from './senders.ts';
import { settle, waitForDepth } from './settle.ts';
import { findQueue, StackQueues } from './stack-queues.ts';
import { StoreFaults } from './store-faults.ts';
import { isLarge } from './storm-event.ts';
import { StormStack, type StormStackOptions } from './storm-stack.ts';
import { Tally } from './tally.ts';

export interface StormOptions
  extends Pick<StormStackOptions, 'assembly' | 'dataDir' | 'dynamodbEndpoint' | 'dynamodbAccessKeyId'> {
  readonly seed: number;
  readonly events: number;
  readonly tenfoldShare: number;
  readonly port: number;
  readonly sabotage?: Sabotage | undefined;
  readonly say: (line: string) => void;
}

/** The result of a storm, for verification and the report. The stack is still running. */
export interface Settled {
  readonly stack: StormStack;
  readonly tally: Tally;
  /** When the storm first reached each event, epoch milliseconds. */
  readonly baseMillis: Float64Array;
  readonly figures: StormFigures;
  /** From the first delivery until the stack settled, epoch milliseconds. */
  readonly began: number;
  readonly ended: number;
  /** Whether the queue was drained in time. */
  readonly isDrained: boolean;
}

export interface StormFigures {
  readonly planned: number;
  readonly taken: number;
  readonly resent: number;
  readonly redriven: number;
  readonly crashes: number;
}

/** Deliveries in one round. The queue depth is checked between rounds. */
const roundSize = 60;
/**
 * The storm waits while the queue is deeper than this. A killed recorder hides its batch of 100 messages for minutes, so a
 * long storm needs room for many such batches, or it mostly waits.
 */
const maxDepthFor = (events: number) => Math.max(1_000, events / 20);

/** How the stack reports a timeout: the process was ended, or it stopped just before. */
const isTimeout = /failed: (Sandbox\.Timedout|TimeoutError)/;

export async function runStorm(options: StormOptions): Promise<Settled> {
  const { seed, say, sabotage, port } = options;
  const tally = new Tally();
  const processes = new RecorderProcesses();
  const storeFaults = new StoreFaults({ seed, tally, processes, sabotage });
  const busFaults = new BusFaults({ seed, tally });
  const gateway = new URL(`http://127.0.0.1:${port}`);
  const storeProxy = await startFaultProxy(gateway, (call) => storeFaults.choose(call));
  const busProxy = await startFaultProxy(gateway, (call) => busFaults.choose(call));
  let crashes = 0;
  const stack = await StormStack.start(port, {
    ...options,
    storeProxyUrl: storeProxy.url,
    withoutItemFailures: sabotage === 'no-item-failures',
    report: (line) => {
      if (isTimeout.test(line)) tally.count('recorder timed out');
      else if (line.includes('Runtime.ExitError')) crashes += 1;
    },
  });
  const { region } = stack.running.stack;
  const ingestQueueUrl = findQueue(stack.running, 'Ingest').url;
  const { accessKeyId } = redriveCredentials(stack.running.status());
  const queues = new StackQueues(gateway, region, accessKeyId);
  const senders = new Senders({
    gatewayUrl: gateway.href,
    busUrl: busProxy.url,
    eventBusName: stack.running.status().eventBuses[0] ?? '',
    region,
    ingestQueueUrl,
    queueAccessKeyId: accessKeyId,
  });
  const incidents = createIncidents({ seed, stack, processes, storeFaults, tally });

  const baseMillis = new Float64Array(options.events);
  const baseMillisOf = (number: number) => {
    const now = Date.now();
    baseMillis[number] = now;
    return now;
  };
  const began = Date.now();
  let planned = 0;
  let round: Delivery[] = [];
  const sendRound = async () => {
    await senders.send(round);
    round = [];
    if (!(await waitForDepth(queues, ingestQueueUrl, maxDepthFor(options.events))))
      throw new Error('the recorder makes no progress');
  };
  for (const step of scheduleStorm({ ...options, baseMillisOf })) {
    if ('incident' in step) {
      await incidents[step.incident]();
      continue;
    }
    countDelivery(step.delivery, tally);
    if (step.delivery.isFirst && isLarge(seed, step.delivery.event.number))
      tally.count('event with an object');
    planned += 1;
    round.push(step.delivery);
    if (round.length === roundSize) await sendRound();
    if (planned % 5_000 === 0) say(`${planned} deliveries, event ${step.delivery.event.number}`);
  }
  while (round.length > 0 || senders.waiting > 0) await sendRound();

  say(`all ${planned} deliveries sent`);
  await waitForDepth(queues, ingestQueueUrl, 0);
  say('settling');
  storeFaults.calm();
  busFaults.calm();
  const { redriven, isDrained } = await settle(stack.running, queues);
  tally.count('dead letter requeued', redriven);
  for (const part of [senders, queues, storeProxy, busProxy]) part.stop();
  const figures = { planned, taken: senders.taken, resent: senders.resent, redriven, crashes };
  return { stack, tally, baseMillis, figures, began, ended: Date.now(), isDrained };
}

function countDelivery({ event, isFirst, isRival }: Delivery, tally: Tally): void {
  if (!isFirst) tally.count('copy delivered again');
  else if (isRival) tally.count('contested identity');
  else if (event.poison !== undefined) tally.count('invalid event');
  else if (Date.parse(String(event.detail.occurredAt)) > Date.now()) tally.count('event ahead of the clock');
}
