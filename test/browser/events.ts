// Events that the tests emit: samples, a month of generated ones, and updates for single tests.
import { randomUUID } from 'node:crypto';
import { type DemoEvent, generateEvents } from '../../local/demo/generate-events.ts';
import { demoOrganizations } from '../../local/demo/organizations.ts';
import {
  type EventOptions,
  goodSampleNames,
  makeEvent,
  sampleFile,
  sampleNames,
} from '../support/fixtures.ts';
import { emit, emitFiles } from './running-stack.ts';

const dayMillis = 86_400_000;

/** Generates events of the last 30 days, up to one minute ago. Their IDs differ between runs. */
export function generateHistory(count: number, organizations?: readonly string[]): Iterable<DemoEvent> {
  const to = Date.now() - 60_000;
  return generateEvents({
    seed: 7,
    count,
    from: to - 30 * dayMillis,
    to,
    idPrefix: `e2e-${randomUUID().slice(0, 8)}`,
    organizations: organizations && demoOrganizations.filter(({ id }) => organizations.includes(id)),
  });
}

/** Emits the events that precede the first test: all samples, including invalid ones, then generated events. */
export async function emitHistory(url: string, count: number): Promise<void> {
  await emitFiles(url, goodSampleNames.map(sampleFile));
  // These include a conflicting duplicate. They are emitted later, because either of two queued events can be recorded first.
  const bad = sampleNames.filter((name) => !goodSampleNames.includes(name));
  await emitFiles(url, bad.map(sampleFile));
  await emit(url, [...generateHistory(count)]);
}

/** Returns a name that is unique across tests and runs. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`;
}

/** Creates an update event for a resource with this name. It occurs now by default. */
export function update(name: string, options: EventOptions = {}): object {
  const {
    'detail-type': detailType,
    detail: { target, ...detail },
  } = makeEvent({ eventId: randomUUID(), occurredAt: new Date().toISOString(), ...options });
  return { detailType, detail: { ...detail, target: { ...target, name, id: `res-${name}` } } };
}
