// Events as a service passes them to the emitter, created from the sample events.
import type { ServiceEvent } from '../../emitter/index.ts';
import { makeEvent, readSample } from '../support/fixtures.ts';

/** The sample event in the emitter's format. */
export function sampleServiceEvent(name: string): ServiceEvent {
  const { 'detail-type': detailType, detail } = readSample(name);
  return { detailType, detail } as ServiceEvent;
}

/** A valid update of a resource with the given changes to its detail. */
export function makeServiceEvent(detail: Record<string, unknown> = {}): ServiceEvent {
  const event = makeEvent({ detail });
  return { detailType: event['detail-type'], detail: event.detail } as ServiceEvent;
}

/** An update whose `after` has about this many bytes. */
export function makeLargeEvent(eventId: string, bytes: number): ServiceEvent {
  return makeServiceEvent({ eventId, before: {}, after: { notes: 'word '.repeat(bytes / 5) } });
}
