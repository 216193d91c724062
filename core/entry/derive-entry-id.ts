// Derives the ID of an entry from the event's identity and time, so that the same event always gets the same ID.
import { hash } from 'node:crypto';
import { uuidToULID } from 'ulid';
import { canonicalJson } from '../values/canonical-json.ts';

/** Two events with the same identity report the same action. */
export interface Identity {
  readonly organizationId: string;
  readonly source: string;
  readonly eventId: string;
}

/** Returns the ID of the event's entry: a ULID, the same each time the event is sent. */
export function deriveEntryId(event: Identity & { readonly occurredAtMillis: number }): string {
  const time = event.occurredAtMillis.toString(16).padStart(12, '0');
  const identity = canonicalJson([event.organizationId, event.source, event.eventId]);
  const digest = hash('sha256', identity, 'hex').slice(0, 20);
  const hex = time + digest;
  return uuidToULID(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
  );
}
