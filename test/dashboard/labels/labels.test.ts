import { describe, expect, it } from 'vitest';
import { describeAction, labelAction, labelVerdict } from '../../../dashboard/src/labels/labels.ts';

describe('labelAction', () => {
  it('tells an attempt from what was done', () => {
    expect(labelAction({ action: 'UPDATE', decision: 'ALLOWED' })).toBe('Update');
    expect(labelAction({ action: 'UPDATE', decision: 'DENIED' })).toBe('Update denied');
  });
});

describe('describeAction', () => {
  it('does not make the one who tried the one who denied', () => {
    expect(`${describeAction({ action: 'DELETE', decision: 'DENIED' })} by Ben`).toBe('denied Delete by Ben');
    expect(`${describeAction({ action: 'DELETE', decision: 'ALLOWED' })} by Ben`).toBe('Delete by Ben');
  });
});

describe('labelVerdict', () => {
  const update = {
    action: 'UPDATE',
    permission: 'resource:update',
    target: { kind: 'RESOURCE', type: 'rds', id: 'res-2b71', name: 'orders-d' },
  } as const;

  it('says that it went beyond the role only where the permission that was checked is the one to check', () => {
    expect(labelVerdict({ ...update, verdict: 'VIOLATION' })).toBe('Beyond role');
    expect(labelVerdict({ ...update, verdict: 'VIOLATION', permission: 'service:update' })).toBe('Violation');
  });

  it('takes other verdicts as they are, whatever was checked', () => {
    const other = { ...update, permission: 'service:update' };
    expect(labelVerdict({ ...other, verdict: 'DENIED' })).toBe('Denied');
    expect(labelVerdict({ ...other, verdict: 'UNKNOWN_ROLE' })).toBe('Unknown role');
  });
});
