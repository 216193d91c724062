// The identity of an entry, and the id that follows from it: the same event always has the same id.
import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { uuidToULID } from 'ulid';

/** What makes two events the same one. */
export interface Identity {
  readonly organizationId: string;
  readonly source: string;
  readonly eventId: string;
}

/** The id of the entry that this event becomes, wherever and however often it is sent. */
export function deriveEntryId(event: Identity & { readonly occurredAtMillis: number }): string {
  const time = event.occurredAtMillis.toString(16).padStart(12, '0');
  const identity = canonicalize([event.organizationId, event.source, event.eventId]) ?? '';
  const digest = hash('sha256', identity, 'hex').slice(0, 20);
  const hex = time + digest;
  return uuidToULID(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
  );
}
