import { describe, expect, it } from 'vitest';
import { describeAction, labelAction, verdictLabels } from '../../../dashboard/src/labels/labels.ts';

describe('labelAction', () => {
  it('distinguishes a denied action', () => {
    expect(labelAction({ action: 'UPDATE', decision: 'ALLOWED' })).toBe('Update');
    expect(labelAction({ action: 'UPDATE', decision: 'DENIED' })).toBe('Update denied');
  });
});

describe('describeAction', () => {
  it('does not read as if the user denied the action', () => {
    expect(`${describeAction({ action: 'DELETE', decision: 'DENIED' })} by Ben`).toBe('denied Delete by Ben');
    expect(`${describeAction({ action: 'DELETE', decision: 'ALLOWED' })} by Ben`).toBe('Delete by Ben');
  });
});

describe('verdictLabels', () => {
  it('has one label for each verdict', () => {
    expect(verdictLabels).toEqual({
      PERMITTED: 'Permitted',
      DENIED: 'Denied',
      VIOLATION: 'Violation',
      UNKNOWN_ROLE: 'Unknown role',
    });
  });
});
