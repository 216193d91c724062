// The simulated histories: the messages that they deliver, and the laws that they violate.
import { buildEntry } from '../../core/recording/build-entry.ts';
import type { RecordingSteps } from '../../core/recording/recorder.ts';
import { describeRejection } from '../../core/recording/rejection.ts';
import { createRandom } from '../../local/demo/random.ts';
import { makeEvent } from '../support/fixtures.ts';
import { findBrokenLaws, type Message, runHistory, type Sabotage } from './world.ts';

/** A small event, because the number of fields does not matter to the recorder. */
function smallMessage(
  kind: Message['kind'],
  eventId: string,
  accountId: string,
  region = 'eu-west-1',
): Message {
  const { detail, ...envelope } = makeEvent({ eventId, detail: { accountId, region } });
  const { specVersion, occurredAt, organizationId, authorization, target } = detail;
  const event = {
    ...envelope,
    detail: {
      specVersion,
      eventId,
      occurredAt,
      organizationId,
      actor: { userId: 'u-1', type: 'user', role: 'Developer' },
      authorization,
      accountId,
      region,
      target: { kind: target.kind, type: target.type, id: target.id, name: target.name },
      before: { size: 1 },
      after: { size: 2 },
    },
  };
  return { body: JSON.stringify(event), kind, eventId, accountId };
}

/** Two or three events, some with a conflicting event under the same ID, and some invalid ones. */
export const messagePool: readonly (readonly Message[])[] = Array.from({ length: 40 }, (_, number) => {
  const random = createRandom(number);
  const messages: Message[] = [
    smallMessage('valid', 'e-1', '111111111111'),
    smallMessage('valid', 'e-2', '222222222222'),
  ];
  if (random.chance(0.6)) messages.push(smallMessage('valid', 'e-1', '333333333333'));
  if (random.chance(0.4)) messages.push(smallMessage('invalid', 'bad-1', '111111111111', 'nowhere'));
  if (random.chance(0.4)) {
    messages.push({ body: `{"broken ${number}`, kind: 'garbage', eventId: 'garbage', accountId: '' });
  }
  return messages;
});

/** Caches a pure step by the event's envelope ID, which is unique in the pool. */
function cachePerEvent<Rest extends unknown[], Result>(
  step: (envelope: unknown, ...rest: Rest) => Result,
  detailOf: (...rest: Rest) => string = () => '',
): (envelope: unknown, ...rest: Rest) => Result {
  const results = new Map<string, Result>();
  return (envelope, ...rest) => {
    const key = `${(envelope as { id: string }).id} ${detailOf(...rest)}`;
    const cached = results.get(key);
    if (cached !== undefined) return cached;
    const result = step(envelope, ...rest);
    results.set(key, result);
    return result;
  };
}

/**
 * The recorder's own pure steps, cached for each event of the pool. They cost 20 times as much as the rest of a
 * history and always give the same result.
 */
export const cachedSteps: RecordingSteps = {
  buildEntry: cachePerEvent(buildEntry),
  describeRejection: cachePerEvent(describeRejection, (reasons) => reasons[0]?.message ?? ''),
};

/**
 * Returns the violated laws in the history of this seed. Without `steps`, the recorder runs every step every
 * time.
 */
export async function brokenIn(seed: number, sabotage?: Sabotage, steps?: RecordingSteps): Promise<string[]> {
  const messages = messagePool[seed % messagePool.length] ?? [];
  const world = await runHistory(messages, createRandom(seed), sabotage, steps);
  return findBrokenLaws(world, messages);
}

/** Returns the violated laws of all seeds, as one line for each seed with a violation. */
export async function findBrokenSeeds(
  firstSeed: number,
  histories: number,
  steps?: RecordingSteps,
): Promise<string[]> {
  const lines: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + histories; seed++) {
    const broken = await brokenIn(seed, undefined, steps);
    if (broken.length > 0) lines.push(`seed ${seed}: ${broken.join('; ')}`);
  }
  return lines;
}
