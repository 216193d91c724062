import { describe, expect, it } from 'vitest';
import { describeGap, describeSender, titleOf } from '../../../dashboard/src/entry/dispute-text.ts';

const producer = { account: '210987654321', envelopeId: 'e', time: '2026-11-10T00:00:00Z' };

describe('titleOf', () => {
  it('counts the events', () => {
    expect(titleOf(1)).toBe('Another event with the same ID but different content arrived');
    expect(titleOf(3)).toBe('3 other events with the same ID but different content arrived');
  });
});

describe('describeSender', () => {
  it('names the time and the account, as far as they are known', () => {
    expect(describeSender({ producer }, '10:00')).toBe('Arrived 10:00, sent by account 210987654321.');
    expect(describeSender({}, '10:00')).toBe('Arrived 10:00.');
    expect(describeSender({}, undefined)).toBe('Arrived at an unknown time.');
  });
});

describe('describeGap', () => {
  it('says why the differences are not shown', () => {
    expect(describeGap({ differences: [] })).toBeUndefined();
    expect(describeGap({ unavailable: 'OTHER_ACCOUNT' })).toContain('cannot see');
    expect(describeGap({ unavailable: 'UNREADABLE' })).toContain('damaged');
    expect(describeGap({ differencesOmitted: true })).toContain('too large');
  });
});
