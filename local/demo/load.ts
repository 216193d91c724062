// Loads the demonstration data into a running stack. Events of the past are recorded at their time. The newest take the
// path of a service's event: through the emitter, the event bus, the queue, and the recorder.
import { createEmitter, type ServiceEvent } from '../../emitter/index.ts';
import { eventBusKind } from '../cloudformation/kinds/events.ts';
import { LocalStackError } from '../shared/errors.ts';
import type { LocalStack } from '../stack/local-stack-types.ts';
import { generateEvents } from './generate-events.ts';
import { readMarker, writeMarker } from './marker.ts';
import { openHistory } from './record-history.ts';
import { readSamples } from './samples.ts';
import { type TimedEvent, tellStory } from './story.ts';

const seed = 20_261;
const generatedEntries = 2_000;
const rangeMillis = 30 * 24 * 60 * 60 * 1000;

/** Age of the newest generated entry, so that none is in the future of another clock. */
const newestAgeMillis = 60_000;

/** Events that occurred less than this long before the load are sent as a service sends them. */
const recentMillis = 10 * 60 * 1000;

/** The time from an action to its entry. */
const recordingDelayMillis = 2_000;

/** Events that are recorded together. */
const eventsPerBatch = 50;

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
 * Loads the sample events, the generated ones, and the story, and waits until they are recorded. Continues an interrupted
 * load; an event that is loaded twice is a duplicate. Resolves to the number of events. Fails with LocalStackError when an
 * event cannot be recorded or published, or the queue stalls.
 */
export async function loadDemonstration(
  stack: LocalStack,
  onProgress: (progress: DemoProgress) => void,
  signal?: AbortSignal,
): Promise<number> {
  const marker = readMarker(stack.dataDir) ?? { until: Date.now() - newestAgeMillis, published: 0 };
  const { until } = marker;
  let { published } = marker;
  const events = demonstrationEvents(until);
  const history = events.filter(({ event }) => Date.parse(event.detail.occurredAt) < until - recentMillis);
  const recordHistory = openHistory(stack);
  const showProgress = () => onProgress({ published, total: events.length, waiting: stack.backlog() });
  while (published < history.length) {
    showProgress();
    if (signal?.aborted) return published;
    const batch = history.slice(published, published + eventsPerBatch);
    writeMarker(stack.dataDir, { until, published, complete: false });
    await recordHistory(batch);
    published += batch.length;
  }
  const recent = events.filter((event) => !history.includes(event)).map(({ event }) => event);
  // The cast is safe because the emitter validates each event.
  const results = await emitterFor(stack).emit(recent as readonly unknown[] as readonly ServiceEvent[], {
    signal,
  });
  const failed = results.find((fate) => fate.status === 'failed' && fate.code !== 'ABORTED');
  if (failed?.status === 'failed') {
    throw new LocalStackError(`cannot publish the demonstration data: ${failed.code}: ${failed.message}`);
  }
  if (signal?.aborted) return published;
  published += recent.length;
  await drain(stack, showProgress, signal);
  writeMarker(stack.dataDir, { until, published, complete: !signal?.aborted });
  return published;
}

/** All events, in the order in which they are recorded. The same time gives the same events. */
function demonstrationEvents(until: number): TimedEvent[] {
  const punctual = [
    ...readSamples(),
    ...generateEvents({ seed, count: generatedEntries, from: until - rangeMillis, to: until }),
  ].map((event) => ({
    event,
    recordedAtMillis: Math.min(until, Date.parse(event.detail.occurredAt) + recordingDelayMillis),
  }));
  return [...punctual, ...tellStory(seed, until)].sort(
    (left, right) => left.recordedAtMillis - right.recordedAtMillis,
  );
}

/** Waits until the queue is empty. */
async function drain(
  stack: LocalStack,
  showProgress: () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let least = stack.backlog();
  let progressedAt = Date.now();
  showProgress();
  for (let left = least; left > 0 && !signal?.aborted; left = stack.backlog()) {
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
