// Derives the ID of an entry from the event's identity and time, so that the same event always gets the same ID.
import { hash } from 'node:crypto';
import { canonicalJson } from '../values/canonical-json.ts';
import { entryIdAt, identityHashHexLength } from './entry-id.ts';

/** Two events with the same identity report the same action. */
export interface Identity {
  readonly organizationId: string;
  readonly source: string;
  readonly eventId: string;
}

/** Returns the ID of the event's entry: a ULID, the same each time the event is sent. */
export function deriveEntryId(event: Identity & { readonly occurredAtMillis: number }): string {
  const identity = canonicalJson([event.organizationId, event.source, event.eventId]);
  return entryIdAt(event.occurredAtMillis, hash('sha256', identity, 'hex').slice(0, identityHashHexLength));
}
