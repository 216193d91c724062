// The simulated histories: their messages, and the laws that each history violates.
import { createRandom } from '../../local/demo/random.ts';
import { makeEvent } from '../support/fixtures.ts';
import { findBrokenLaws, type Message, runHistory, type Sabotage } from './world.ts';

const states = { before: { size: 1 }, after: { size: 2 } };

function eventIn(eventId: string, accountId: string): Message {
  const event = makeEvent({ eventId, detail: { accountId, ...states } });
  return { body: JSON.stringify(event), kind: 'valid' };
}

/** Two or three events, some with a conflicting event under the same id, and some invalid ones. */
export const messagePool: readonly (readonly Message[])[] = Array.from({ length: 40 }, (_, number) => {
  const random = createRandom(number);
  const messages: Message[] = [eventIn('e-1', '111111111111'), eventIn('e-2', '222222222222')];
  if (random.chance(0.6)) messages.push(eventIn('e-1', '333333333333'));
  if (random.chance(0.4)) {
    const event = makeEvent({ eventId: 'bad-1', detail: { region: 'nowhere', ...states } });
    messages.push({ body: JSON.stringify(event), kind: 'invalid' });
  }
  if (random.chance(0.4)) messages.push({ body: `{"broken ${number}`, kind: 'garbage' });
  return messages;
});

/** Returns the violated laws in the history of this seed. */
export async function brokenIn(seed: number, sabotage?: Sabotage): Promise<string[]> {
  const messages = messagePool[seed % messagePool.length] ?? [];
  const world = await runHistory(messages, createRandom(seed), sabotage);
  return findBrokenLaws(world, messages);
}
