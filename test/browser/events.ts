// Events that the tests emit: the samples, a month of invented ones, and updates made for one test.
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

/** Invented events of the last thirty days up to a minute ago; other ones each time. */
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

/** What is logged before the first test: every sample, the bad ones too, then invented events. */
export async function emitHistory(url: string, count: number): Promise<void> {
  await emitFiles(url, goodSampleNames.map(sampleFile));
  // Among them is a resend that conflicts: of two in the queue, either may be recorded first.
  const bad = sampleNames.filter((name) => !goodSampleNames.includes(name));
  await emitFiles(url, bad.map(sampleFile));
  await emit(url, [...generateHistory(count)]);
}

/** A name that no other test and no other run has. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`;
}

/** An update of a resource of this name, now unless it says otherwise. */
export function update(name: string, options: EventOptions = {}): object {
  const {
    'detail-type': detailType,
    detail: { target, ...detail },
  } = makeEvent({ eventId: randomUUID(), occurredAt: new Date().toISOString(), ...options });
  return { detailType, detail: { ...detail, target: { ...target, name, id: `res-${name}` } } };
}
