import { describe, expect, it } from 'vitest';
import { nameAction, tellAction } from '../../../dashboard/src/list/words.ts';

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
