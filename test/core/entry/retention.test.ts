import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../../core/entry/derive-entry-id.ts';
import { expiryOf, findExpiredIssue, retentionDaysOf } from '../../../core/entry/retention.ts';

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

describe('findExpiredIssue', () => {
  it('rejects an event whose entry would already be expired', () => {
    const occurredAtMillis = Date.parse('2026-11-10T00:00:00.001Z');
    const expiryMillis = Date.parse('2026-11-12T00:00:01Z');
    expect(findExpiredIssue(occurredAtMillis, 2, expiryMillis - 1)).toBeUndefined();
    expect(findExpiredIssue(occurredAtMillis, undefined, expiryMillis)).toBeUndefined();
    expect(findExpiredIssue(occurredAtMillis, 2, expiryMillis)).toEqual({
      path: '/detail/occurredAt',
      code: 'RETENTION_ENDED',
      message: 'must be at most 2 days (retentionDays) before the time it is recorded',
    });
  });
});
