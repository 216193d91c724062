import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../../core/entry/derive-entry-id.ts';
import { expiryOf, retentionDaysOf } from '../../../core/entry/retention.ts';

const identity = { organizationId: 'acme', source: 'mayaops.resources', eventId: 'e-1' } as const;

const days = fc.option(fc.integer({ min: 1, max: 36_500 }), { nil: undefined });

describe('retentionDaysOf', () => {
  it('returns the days that were passed to expiryOf, for any time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), days, (occurredAtMillis, retentionDays) => {
        const id = deriveEntryId({ ...identity, occurredAtMillis });
        const expiresAt = expiryOf(occurredAtMillis, retentionDays);
        expect(retentionDaysOf({ id, expiresAt })).toBe(retentionDays);
      }),
    );
  });
});
