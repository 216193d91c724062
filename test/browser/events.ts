// Events that the tests emit: the samples, a month of invented ones, and updates made for one test.
import { randomUUID } from 'node:crypto';
import { generateEvents } from '../../local/demo/generate-events.ts';
import { type EventOptions, makeEvent, sampleFile, sampleNames } from '../support/fixtures.ts';
import { emit, emitFiles } from './running-stack.ts';

const dayMillis = 86_400_000;

/** What is logged before the first test: every sample, the bad ones too, then invented events up to a minute ago. */
export async function emitHistory(url: string, count: number): Promise<void> {
  // The conflicting resend must come after the event that it conflicts with.
  await emitFiles(url, sampleNames.map(sampleFile));
  const to = Date.now() - 60_000;
  const idPrefix = `e2e-${randomUUID().slice(0, 8)}`;
  await emit(url, [...generateEvents({ seed: 7, count, from: to - 30 * dayMillis, to, idPrefix })]);
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
