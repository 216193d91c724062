import { describe, expect, it } from 'vitest';
import { nameAction, nameVerdict, tellAction } from '../../../dashboard/src/list/words.ts';

describe('nameAction', () => {
  it('tells an attempt from what was done', () => {
    expect(nameAction({ action: 'UPDATE', decision: 'ALLOWED' })).toBe('Update');
    expect(nameAction({ action: 'UPDATE', decision: 'DENIED' })).toBe('Update denied');
  });
});

describe('tellAction', () => {
  it('does not make the one who tried the one who denied', () => {
    expect(`${tellAction({ action: 'DELETE', decision: 'DENIED' })} by Ben`).toBe('denied Delete by Ben');
    expect(`${tellAction({ action: 'DELETE', decision: 'ALLOWED' })} by Ben`).toBe('Delete by Ben');
  });
});

describe('nameVerdict', () => {
  const update = {
    action: 'UPDATE',
    permission: 'resource:update',
    target: { kind: 'RESOURCE', type: 'rds', id: 'res-2b71', name: 'orders-d' },
  } as const;

  it('says that it went beyond the role only where the permission that was checked is the one to check', () => {
    expect(nameVerdict({ ...update, verdict: 'VIOLATION' })).toBe('Beyond role');
    expect(nameVerdict({ ...update, verdict: 'VIOLATION', permission: 'service:update' })).toBe('Violation');
  });

  it('takes other verdicts as they are, whatever was checked', () => {
    const other = { ...update, permission: 'service:update' };
    expect(nameVerdict({ ...other, verdict: 'DENIED' })).toBe('Denied');
    expect(nameVerdict({ ...other, verdict: 'UNKNOWN_ROLE' })).toBe('Unknown role');
  });
});
