// Loads the demonstration into a running stack, the way a MayaOps service would: through the emitter, the bus,
// the queue and the recorder.
import { createEmitter, type ServiceEvent } from '../../emitter/index.ts';
import { eventBusKind } from '../cloudformation/kinds/events.ts';
import { LocalStackError } from '../shared/errors.ts';
import type { LocalStack } from '../stack/local-stack-types.ts';
import { type DemoEvent, generateEvents } from './generate-events.ts';
import { readMarker, writeMarker } from './marker.ts';
import { readSamples } from './samples.ts';

const seed = 20_261;
const generatedEntries = 2_000;
const rangeMillis = 30 * 24 * 60 * 60 * 1000;

/** The newest invented entry is a minute old, so that none lies ahead of anybody's clock. */
const newestAgeMillis = 60_000;

/** Events of one round: a few PutEvents calls, then the queue is looked at. */
const eventsPerRound = 50;

/** The queue holds at most this many, so that what is shown as published is soon to be found. */
const maxBacklog = 400;

/** Without any progress for so long, the load gives up; a failed event is tried again before that. */
const patienceMillis = 60_000;

export interface DemoProgress {
  readonly published: number;
  readonly total: number;
  /** Events in the queue or being recorded. */
  readonly waiting: number;
}

/** Whether the demonstration has to be loaded: nothing is stored, or an earlier load was interrupted. */
export async function needsDemonstration(stack: LocalStack): Promise<boolean> {
  const marker = readMarker(stack.dataDir);
  return marker === undefined ? stack.isEmpty() : !marker.complete;
}

/**
 * Publishes the sample events and the invented ones and waits until they are recorded. After an abort or a crash it
 * goes on where it was; an event that is published twice changes nothing. Resolves to the number of events; fails
 * with a LocalStackError when one cannot be published or the queue is not worked off.
 */
export async function loadDemonstration(
  stack: LocalStack,
  onProgress: (progress: DemoProgress) => void,
  signal?: AbortSignal,
): Promise<number> {
  const marker = readMarker(stack.dataDir) ?? { until: Date.now() - newestAgeMillis, published: 0 };
  const { until } = marker;
  let { published } = marker;
  const events: readonly DemoEvent[] = [
    ...readSamples(),
    ...generateEvents({ seed, count: generatedEntries, from: until - rangeMillis, to: until }),
  ];
  const emitter = emitterFor(stack);
  const tell = () => onProgress({ published, total: events.length, waiting: stack.backlog() });
  for (let isFirst = true; published < events.length; isFirst = false) {
    const round = events.slice(published, published + eventsPerRound);
    writeMarker(stack.dataDir, { until, published, complete: false });
    // The emitter checks each event; its types ask for more than an invented list can say.
    const fates = await emitter.emit(round as readonly unknown[] as readonly ServiceEvent[], { signal });
    const failed = fates.find((fate) => fate.status === 'failed' && fate.code !== 'ABORTED');
    if (failed?.status === 'failed') {
      throw new LocalStackError(`the demonstration cannot be published: ${failed.code}: ${failed.message}`);
    }
    if (signal?.aborted) return published;
    published += round.length;
    // The first round is done alone: processes that have just started are slow.
    await waitForBacklog(stack, isFirst ? 0 : maxBacklog, tell, signal);
  }
  await waitForBacklog(stack, 0, tell, signal);
  writeMarker(stack.dataDir, { until, published, complete: !signal?.aborted });
  return published;
}

/** Waits until at most so many events are in the queue. */
async function waitForBacklog(
  stack: LocalStack,
  allowed: number,
  tell: () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let least = stack.backlog();
  let progressedAt = Date.now();
  tell();
  for (let left = least; left > allowed && !signal?.aborted; left = stack.backlog()) {
    if (left < least) {
      least = left;
      progressedAt = Date.now();
    } else if (Date.now() - progressedAt > patienceMillis) {
      throw new LocalStackError(
        `${left} events of the demonstration stay in the queue; the logs of the functions may say why`,
      );
    }
    await stack.redeliver();
    await pause(50);
    tell();
  }
}

function emitterFor(stack: LocalStack) {
  const bus = stack.stack.resources(eventBusKind)[0];
  if (bus === undefined)
    throw new LocalStackError('the stack has no event bus to load the demonstration through');
  return createEmitter({
    eventBusName: bus.ref,
    clientConfig: {
      endpoint: stack.url,
      region: stack.stack.region,
      credentials: { accessKeyId: stack.stack.accountId, secretAccessKey: 'local' },
    },
  });
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
