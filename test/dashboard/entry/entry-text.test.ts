import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../client/client.ts';
import { describeEntryProblem } from '../../../dashboard/src/entry/entry-problem.ts';
import {
  describeDelay,
  describeEntry,
  titleChanges,
  titleStates,
} from '../../../dashboard/src/entry/entry-text.ts';
import { explainVerdict } from '../../../dashboard/src/entry/explain-verdict.ts';
import { filterByTarget, filterByUserAndTime } from '../../../dashboard/src/entry/related-filters.ts';

const target = { kind: 'RESOURCE', type: 'rds', id: 'res-2b71', name: 'orders-d' } as const;
const user = { id: 'u-2077', name: 'Ben Okafor', type: 'user' } as const;
const entry = {
  action: 'DELETE',
  target,
  user,
  role: 'Developer',
  permission: 'resource:delete',
  decision: 'ALLOWED',
  verdict: 'PERMITTED',
} as const;

describe('titleStates', () => {
  it('does not call a state that never existed the state after', () => {
    expect(titleStates({ decision: 'ALLOWED' })).toEqual({ before: 'State before', after: 'State after' });
    expect(titleStates({ decision: 'DENIED' })).toEqual({
      before: 'Unchanged state',
      after: 'Requested state',
    });
  });
});

describe('explainVerdict', () => {
  it('names the grant that matched', () => {
    const explain = (grant: string) => explainVerdict({ ...entry, grant });
    expect(explain('resource:delete').reason).toBe('The role Developer grants resource:delete.');
    expect(explain('resource:*').reason).toBe(
      'The role Developer grants resource:delete (through resource:*).',
    );
    expect(explain('*')).toMatchObject({ title: 'Permitted', severity: 'success' });
  });

  it('explains a violation: the role does not grant the permission, or the service checked another one', () => {
    expect(explainVerdict({ ...entry, verdict: 'VIOLATION' })).toEqual({
      title: 'Violation',
      reason: 'The service allowed this action, but the role Developer does not grant resource:delete.',
      severity: 'error',
    });
    const claimed = { ...entry, verdict: 'VIOLATION', permission: 'resource:update', grant: '*' } as const;
    expect(explainVerdict(claimed)).toEqual({
      title: 'Violation',
      reason:
        'The service allowed this action, but it checked resource:update instead of resource:delete. The role Developer grants resource:delete (through *, all permissions).',
      severity: 'error',
    });
  });

  it('mentions a wrong permission check also when the role does not grant the needed permission', () => {
    const both = { ...entry, verdict: 'VIOLATION', permission: 'resource:update' } as const;
    expect(explainVerdict(both)).toMatchObject({
      title: 'Violation',
      reason:
        'The service allowed this action, but the role Developer does not grant resource:delete. It checked resource:update instead.',
    });
  });

  it('explains whether the role had the permission for a denied action, and names an unknown role', () => {
    const explainDenied = (roleKnown?: boolean) =>
      explainVerdict({ ...entry, verdict: 'DENIED', ...(roleKnown !== undefined && { roleKnown }) }).reason;
    expect(explainDenied(true)).toBe(
      'The service denied this action. The role Developer does not grant resource:delete.',
    );
    expect(explainDenied(false)).toBe('The service denied this action. The role map has no role Developer.');
    expect(explainDenied()).toBe(
      'The service denied this action. The role map either does not have the role Developer or does not grant it resource:delete.',
    );
    expect(explainVerdict({ ...entry, verdict: 'DENIED', grant: '*' }).reason).toContain('all permissions');
    expect(explainVerdict({ ...entry, verdict: 'UNKNOWN_ROLE' })).toMatchObject({
      title: 'Unknown role',
      reason: 'The service allowed this action, but the role map has no role Developer.',
    });
  });
});

describe('describeEntry', () => {
  it('describes in one sentence what was done, or attempted', () => {
    expect(describeEntry(entry)).toBe('Ben Okafor deleted orders-d');
    expect(describeEntry({ ...entry, decision: 'DENIED' })).toBe('Ben Okafor tried to delete orders-d');
  });

  it('escapes characters that would reverse the text', () => {
    const name = 'orders\u202ed';
    expect(describeEntry({ ...entry, target: { ...target, name } })).toBe(
      'Ben Okafor deleted orders\\u202ed',
    );
  });
});

describe('titleChanges', () => {
  it('describes the states', () => {
    const title = (parts: object) => titleChanges({ ...entry, changeCount: 0, ...parts });
    expect(title({})).toBe('State of orders-d before deletion');
    expect(title({ decision: 'DENIED' })).toBe('Denied: orders-d was not deleted');
    expect(title({ action: 'CREATE' })).toBe('State of orders-d after creation');
    expect(title({ action: 'UPDATE' })).toBe('No changes');
    expect(title({ action: 'UPDATE', changeCount: 1 })).toBe('1 change');
    expect(title({ action: 'UPDATE', changeCount: 250_000, decision: 'DENIED' })).toBe(
      'Denied: 250,000 changes not made',
    );
  });
});

describe('describeDelay', () => {
  it.each([
    ['2026-11-05T16:40:52.204Z', 'Recorded 1.2 s later'],
    ['2026-11-05T17:00:51.000Z', 'Recorded 20 min later'],
    ['2026-11-05T16:40:50.000Z', 'Recorded before this time, because the service clock was ahead'],
  ])('describes %s as: %s', (recordedAt, expected) => {
    expect(describeDelay({ timestamp: '2026-11-05T16:40:51.000Z', recordedAt })).toBe(expected);
  });
});

describe('related filters', () => {
  it('match the ID of the target, and the user from one hour before to one hour after', () => {
    expect(filterByTarget({ target })).toEqual({ target: ['res-2b71'] });
    expect(filterByUserAndTime({ user, timestamp: '2026-11-05T16:40:51.007Z' })).toEqual({
      user: ['u-2077'],
      from: '2026-11-05T15:40:51.007Z',
      to: '2026-11-05T17:40:51.007Z',
    });
  });
});

describe('describeEntryProblem', () => {
  const answer = (status: number, body = {}) => new ApiError(new Response(null, { status }), body);

  it.each([
    [answer(404), 'Entry not found', false],
    [answer(400), 'Entry not found', false],
    [answer(403), 'You do not have permission to view entries', false],
    [answer(503), 'The entry could not be loaded', true],
    [answer(500), 'The entry could not be loaded', true],
    [answer(500, { code: 'STATES_UNREADABLE' }), 'Cannot read the states of this entry', false],
    [answer(500, { code: 'ENTRY_TOO_LARGE' }), 'The entry is too large to display', false],
    [new TypeError("Cannot read properties of undefined (reading 'x')"), 'Something went wrong', false],
    [new TypeError('fetch failed'), 'Cannot reach the service', true],
  ])('describes %s as: %s', (error, title, canRetry) => {
    expect(describeEntryProblem(error)).toMatchObject({ title, canRetry });
  });
});
