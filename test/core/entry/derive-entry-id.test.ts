// The ID of an entry: a ULID of the time and of a hash of the event's identity.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { decodeTime, ulidToUUID } from 'ulid';
import { describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../../core/entry/derive-entry-id.ts';
import { maxTimeMillis } from '../../../core/entry/entry-id.ts';

describe('deriveEntryId', () => {
  it('contains the time and the first 80 bits of the hash of the identity', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.integer({ min: 0, max: maxTimeMillis }),
        (org, eventId, time) => {
          const source = 'mayaops.services';
          const id = deriveEntryId({ organizationId: org, source, eventId, occurredAtMillis: time });
          const identity = JSON.stringify([org, source, eventId]);
          const hash = createHash('sha256').update(identity).digest('hex');
          expect(decodeTime(id)).toBe(time);
          expect(ulidToUUID(id).replaceAll('-', '').slice(12).toLowerCase()).toBe(hash.slice(0, 20));
        },
      ),
    );
  });
});
