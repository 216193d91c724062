import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../client/client.ts';
import { describeEntryProblem } from '../../../dashboard/src/entry/entry-problem.ts';
import { describeDelay, describeEntry, titleChanges } from '../../../dashboard/src/entry/entry-text.ts';
import { explainVerdict } from '../../../dashboard/src/entry/explain-verdict.ts';
import { everythingByUserAround, everythingOnTarget } from '../../../dashboard/src/entry/related-filters.ts';

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

describe('explainVerdict', () => {
  it('names the grant that matched', () => {
    const explain = (grant: string) => explainVerdict({ ...entry, grant });
    expect(explain('resource:delete').reason).toBe('The role Developer grants resource:delete.');
    expect(explain('resource:*').reason).toBe('The role Developer grants resource:delete (by resource:*).');
    expect(explain('*')).toMatchObject({ title: 'Permitted', weight: 'success' });
  });

  it('says what is wrong with a violation: the role, or the permission that was checked', () => {
    expect(explainVerdict({ ...entry, verdict: 'VIOLATION' })).toEqual({
      title: 'Done beyond the role',
      reason: 'The role Developer does not grant resource:delete, and yet the service let it.',
      weight: 'error',
    });
    const claimed = { ...entry, verdict: 'VIOLATION', permission: 'resource:update', grant: '*' } as const;
    expect(explainVerdict(claimed)).toEqual({
      title: 'Wrong permission checked',
      reason:
        'This needs resource:delete, but the service checked resource:update. The role Developer grants resource:delete (it grants everything).',
      weight: 'error',
    });
  });

  it('says of a violation by the role also that another permission was checked', () => {
    const both = { ...entry, verdict: 'VIOLATION', permission: 'resource:update' } as const;
    expect(explainVerdict(both)).toMatchObject({
      title: 'Done beyond the role',
      reason:
        'The role Developer does not grant resource:delete, and yet the service let it: it checked resource:update.',
    });
  });

  it('says of a denial whether the role had it, and of an unknown role that nobody knows', () => {
    expect(explainVerdict({ ...entry, verdict: 'DENIED' }).reason).toContain(
      'does not grant resource:delete',
    );
    expect(explainVerdict({ ...entry, verdict: 'DENIED', grant: '*' }).reason).toContain('grants everything');
    expect(explainVerdict({ ...entry, verdict: 'UNKNOWN_ROLE' }).title).toBe('Done with an unknown role');
  });
});

describe('describeEntry', () => {
  it('tells in one sentence what was done, or only tried', () => {
    expect(describeEntry(entry)).toBe('Ben Okafor deleted orders-d');
    expect(describeEntry({ ...entry, decision: 'DENIED' })).toBe('Ben Okafor tried to delete orders-d');
  });

  it('writes out what would turn the sentence around', () => {
    const name = 'orders\u202ed';
    expect(describeEntry({ ...entry, target: { ...target, name } })).toBe(
      'Ben Okafor deleted orders\\u202ed',
    );
  });
});

describe('titleChanges', () => {
  it('says what the states are', () => {
    const title = (parts: object) => titleChanges({ ...entry, changeCount: 0, ...parts });
    expect(title({})).toBe('The last state of orders-d');
    expect(title({ decision: 'DENIED' })).toBe('Denied: orders-d was not deleted');
    expect(title({ action: 'CREATE' })).toBe('The new state of orders-d');
    expect(title({ action: 'UPDATE' })).toBe('Nothing changed');
    expect(title({ action: 'UPDATE', changeCount: 1 })).toBe('1 change');
    expect(title({ action: 'UPDATE', changeCount: 250_000, decision: 'DENIED' })).toBe(
      'Denied: 250,000 changes not made',
    );
  });
});

describe('describeDelay', () => {
  it.each([
    ['2026-11-05T16:40:52.204Z', 'recorded 1.2 s later'],
    ['2026-11-05T17:00:51.000Z', 'recorded 20 min later'],
    ['2026-11-05T16:40:50.000Z', 'recorded before: the clock of the service was ahead'],
  ])('says of %s: %s', (recordedAt, told) => {
    expect(describeDelay({ timestamp: '2026-11-05T16:40:51.000Z', recordedAt })).toBe(told);
  });
});

describe('related filters', () => {
  it('follow the id of the target, and the user an hour around', () => {
    expect(everythingOnTarget({ target })).toEqual({ target: ['res-2b71'] });
    expect(everythingByUserAround({ user, timestamp: '2026-11-05T16:40:51.007Z' })).toEqual({
      user: ['u-2077'],
      from: '2026-11-05T15:40:51.007Z',
      to: '2026-11-05T17:40:51.007Z',
    });
  });
});

describe('describeEntryProblem', () => {
  const answer = (status: number, body = {}) => new ApiError(new Response(null, { status }), body);

  it.each([
    [answer(404), 'No such entry', false],
    [answer(400), 'No such entry', false],
    [answer(403), 'You may not see entries', false],
    [answer(503), 'The entry could not be loaded yet', true],
    [answer(500), 'The entry could not be loaded', true],
    [answer(500, { code: 'STATES_UNREADABLE' }), 'The states of this entry cannot be read', false],
    [answer(500, { code: 'ENTRY_TOO_LARGE' }), 'The entry is too large to be shown', false],
    [new TypeError("Cannot read properties of undefined (reading 'x')"), 'The page failed', false],
    [new TypeError('fetch failed'), 'The service cannot be reached', true],
  ])('tells %s apart: %s', (error, title, canRetry) => {
    expect(describeEntryProblem(error)).toMatchObject({ title, canRetry });
  });
});
