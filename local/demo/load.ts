// Loads the demonstration data into a running stack as a MayaOps service would: through the emitter, the event bus, the
// queue, and the recorder.
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

/** Age of the newest generated entry, so that none is in the future of another clock. */
const newestAgeMillis = 60_000;

/** Events between two checks of the backlog; a few PutEvents calls. */
const eventsPerBatch = 50;

/** Maximum backlog of the queue, so that published events are soon recorded. */
const maxBacklog = 400;

/** Time without progress after which loading fails. Failed events are retried before. */
const stallTimeoutMillis = 60_000;

export interface DemoProgress {
  readonly published: number;
  readonly total: number;
  /** Events in the queue or in flight. */
  readonly waiting: number;
}

/** Whether to load the demonstration data: the tables are empty, or an earlier load was interrupted. */
export async function needsDemonstration(stack: LocalStack): Promise<boolean> {
  const marker = readMarker(stack.dataDir);
  return marker === undefined ? stack.isEmpty() : !marker.complete;
}

/**
 * Publishes the sample events and the generated ones, and waits until they are recorded. Continues an interrupted load;
 * an event that is published twice is a duplicate. Resolves to the number of events. Fails with LocalStackError when an
 * event cannot be published or the backlog stalls.
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
  const showProgress = () => onProgress({ published, total: events.length, waiting: stack.backlog() });
  for (let isFirst = true; published < events.length; isFirst = false) {
    const batch = events.slice(published, published + eventsPerBatch);
    writeMarker(stack.dataDir, { until, published, complete: false });
    // The cast is safe because the emitter validates each event.
    const results = await emitter.emit(batch as readonly unknown[] as readonly ServiceEvent[], { signal });
    const failed = results.find((fate) => fate.status === 'failed' && fate.code !== 'ABORTED');
    if (failed?.status === 'failed') {
      throw new LocalStackError(`cannot publish the demonstration data: ${failed.code}: ${failed.message}`);
    }
    if (signal?.aborted) return published;
    published += batch.length;
    // Waits for the first batch, because processes are slow after their start.
    await waitForBacklog(stack, isFirst ? 0 : maxBacklog, showProgress, signal);
  }
  await waitForBacklog(stack, 0, showProgress, signal);
  writeMarker(stack.dataDir, { until, published, complete: !signal?.aborted });
  return published;
}

/** Waits until the backlog has at most `allowed` events. */
async function waitForBacklog(
  stack: LocalStack,
  allowed: number,
  showProgress: () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let least = stack.backlog();
  let progressedAt = Date.now();
  showProgress();
  for (let left = least; left > allowed && !signal?.aborted; left = stack.backlog()) {
    if (left < least) {
      least = left;
      progressedAt = Date.now();
    } else if (Date.now() - progressedAt > stallTimeoutMillis) {
      throw new LocalStackError(
        `${left} events of the demonstration data stay in the queue; see the logs of the functions`,
      );
    }
    await stack.redeliver();
    await pause(50);
    showProgress();
  }
}

function emitterFor(stack: LocalStack) {
  const bus = stack.stack.resources(eventBusKind)[0];
  if (bus === undefined)
    throw new LocalStackError('the stack has no event bus to load the demonstration data through');
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
