// Generates events for the demonstration, tests, and benchmarks. The same seed and range give the same events.
import { pickMoments } from './moments.ts';
import { demoOrganizations, type Organization } from './organizations.ts';
import { createRandom } from './random.ts';
import { createWorld, type DemoEvent } from './world.ts';

export type { DemoEvent } from './world.ts';

export interface GenerateOptions {
  readonly seed: number;
  readonly count: number;
  /** Range of `occurredAt`, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** @default acme and globex */
  readonly organizations?: readonly Organization[] | undefined;
  /** Event ids are `<prefix>-<organization>-<number>`. @default demo-<seed> */
  readonly idPrefix?: string | undefined;
}

/**
 * Yields events in the order in which they occur: services, databases, and caches are created, updated, and deleted,
 * and the
 * `before` of each event is the state after the previous one. Some attempts are denied, and a few exceed the role.
 */
export function* generateEvents(options: GenerateOptions): Generator<DemoEvent> {
  const { seed, count, from, to, organizations = demoOrganizations, idPrefix = `demo-${seed}` } = options;
  const random = createRandom(seed);
  // A separate generator for the times, so that other dates do not change the events.
  const moments = pickMoments(createRandom(~seed), count, from, to);
  const worlds = new Map(
    organizations.map((organization, index) => [
      organization.id,
      createWorld(createRandom(seed + index + 1), organization),
    ]),
  );
  const weights = Object.fromEntries(organizations.map(({ id, weight }) => [id, weight]));
  for (const [index, moment] of moments.entries()) {
    const organizationId = random.weighted(weights);
    const eventId = `${idPrefix}-${organizationId}-${String(index + 1).padStart(5, '0')}`;
    const event = worlds.get(organizationId)?.next(moment, eventId);
    if (event !== undefined) yield event;
  }
}
