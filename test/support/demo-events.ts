// The demonstration events in the format that EventBridge delivers, without an emitter or a bus.
import { detailTypes } from '../../core/contract/vocabulary.ts';
import { generateEvents } from '../../local/demo/generate-events.ts';
import { now, producerAccount } from './fixtures.ts';

const dayMillis = 86_400_000;

/** Message bodies of `count` events in the last 30 days, in order of time. The same seed gives the same events. */
export function demoBodies(count: number, seed = 20_261): string[] {
  const events = generateEvents({ seed, count, from: now - 30 * dayMillis, to: now - 60_000 });
  return Array.from(events, ({ detailType, detail }, number) =>
    JSON.stringify({
      id: `envelope-${number}`,
      source: detailTypes[detailType].source,
      'detail-type': detailType,
      account: producerAccount,
      time: detail.occurredAt,
      detail,
    }),
  );
}
