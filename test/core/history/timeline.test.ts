import { describe, expect, it } from 'vitest';
import { compareAcrossEntries, findGap } from '../../../core/history/continuity.ts';
import { parseHistoryQuery } from '../../../core/history/history-query.ts';
import { buildTimeline, countWithin } from '../../../core/history/timeline.ts';
import { makeTargetEntry, startMillis, type TargetEntryParts } from './target-histories.ts';

const denial = (at: number, userId = 'u-1') => ({
  item: makeTargetEntry({ at, verdict: 'DENIED', userId }),
  isDenied: true as const,
});
const done = (parts: TargetEntryParts) => {
  const item = makeTargetEntry(parts);
  return { item, before: item.before, after: item.after };
};

describe('buildTimeline', () => {
  it('folds four or more denials in sequence, with the users who attempted most often', () => {
    const change = done({ at: 0, after: { a: 1 } });
    const flood = [denial(40, 'u-2'), denial(30), denial(20, 'u-2'), denial(10, 'u-2')];
    const { items } = buildTimeline([denial(60), ...flood, change]);
    expect(items).toMatchObject([
      {
        denials: {
          count: 5,
          users: [
            { id: 'u-2', count: 3 },
            { id: 'u-1', count: 2 },
          ],
        },
      },
      { entry: { id: change.item.id } },
    ]);
    expect(buildTimeline(flood.slice(1)).items).toHaveLength(3);
  });

  it('starts a new life when a target that was not deleted is created again', () => {
    const steps = [
      done({ at: 10, action: 'CREATE', after: {} }),
      done({ at: 0, action: 'CREATE', after: {} }),
    ];
    const { lives, gaps } = buildTimeline(steps);
    expect(lives).toHaveLength(2);
    expect(gaps).toMatchObject([{ kind: 'DELETION_MISSING' }]);
  });
});

describe('countWithin', () => {
  it('never splits folded denials', () => {
    const flood = [denial(5), denial(4), denial(3), denial(2)].map(({ item }) => item);
    const change = makeTargetEntry({ at: 9 });
    expect(countWithin([change, ...flood], 1)).toBe(1);
    expect(countWithin([change, ...flood], 2)).toBe(5);
    expect(countWithin(flood.slice(1), 2)).toBe(2);
  });
});

describe('findGap', () => {
  const earlier = done({ after: { size: 1, password: '[REDACTED:1]' } });

  it('compares no secrets', () => {
    const later = done({ at: 1, before: { size: 1, password: '[REDACTED:4]' }, after: {} });
    expect(findGap(earlier, later)).toBeUndefined();
    const shown = done({ at: 1, before: { size: 1, password: 'shown' }, after: {} });
    expect(findGap(earlier, shown)).toBeUndefined();
  });

  it('names the changed fields', () => {
    const later = done({ at: 1, before: { size: 3, password: '[REDACTED:4]' }, after: {} });
    expect(findGap(earlier, later)).toMatchObject({
      kind: 'CHANGED',
      highlights: [{ path: '/size', op: 'replace', before: 1, after: 3 }],
      changeCount: 1,
    });
  });

  it('reports a missing creation and states that cannot be read', () => {
    const deletion = done({ action: 'DELETE', before: {} });
    expect(findGap(deletion, done({ at: 1, before: {}, after: {} }))?.kind).toBe('CREATION_MISSING');
    expect(findGap(deletion, done({ at: 1, action: 'CREATE', after: {} }))).toBeUndefined();
    const { item } = done({ at: 1 });
    expect(findGap(earlier, { item, problem: 'UNREADABLE' })?.kind).toBe('NOT_COMPARED');
  });
});

describe('compareAcrossEntries', () => {
  it('ignores the numbers of markers in lists', () => {
    const before = { list: ['[REDACTED:1]', '[REDACTED:2]'], size: 1 };
    const after = { list: ['[REDACTED:2]', '[REDACTED:3]'], size: 2 };
    expect(compareAcrossEntries(before, after).map(({ change }) => change.path)).toEqual(['/size']);
  });
});

describe('parseHistoryQuery', () => {
  it('reads moments: a date is the end of its day, except the first of a difference', () => {
    const dayEnd = startMillis + 86_400_000 - 1;
    expect(parseHistoryQuery('target=a&at=2026-11-10')).toMatchObject({ target: 'a', atMillis: dayEnd });
    expect(parseHistoryQuery('target=a&diff=2026-11-10,2026-11-10').diff).toEqual({
      fromMillis: startMillis,
      toMillis: dayEnd,
    });
    const arn = 'arn:aws:rds:eu-west-1:123456789012:db:orders-d';
    expect(parseHistoryQuery(`target=${encodeURIComponent(arn)}`).target).toBe(arn);
  });

  it.each([
    ['', 'target must be the ID of a service or resource, 1 to 128 characters'],
    ['target=', 'target must be the ID'],
    [`target=${'x'.repeat(129)}`, 'target must be the ID'],
    ['target=a&target=b', 'target must be specified only once'],
    ['target=a&user=b', 'user is not a parameter of a history; allowed parameters are target, account,'],
    ['target=a&account=12', 'account must be a 12-digit AWS account ID'],
    ['target=a&region=moon', 'region must be an AWS region name'],
    ['target=a&type=r%20s', 'type must be a target type'],
    ['target=a&at=noon', 'at must be an RFC 3339 date and time'],
    ['target=a&knownAt=1960-01-01', 'knownAt must be 1970-01-01 or later'],
    ['target=a&diff=2026-11-10', 'diff must be two times with a comma between them'],
    ['target=a&diff=2026-11-10,2026-11-11,2026-11-12', 'diff must be two times'],
    ['target=a&diff=2026-11-11,2026-11-10', 'diff must have the earlier time first'],
    ['target=a&diff=,2026-11-10', 'diff must be an RFC 3339'],
    ['target=a&at=2026-11-10&diff=2026-11-10,2026-11-11', 'at must not be combined with diff'],
    ['target=a&at=2026-11-10&limit=5', 'limit must not be combined with at'],
    ['target=a&limit=0', 'limit must be a whole number from 1 to 200'],
  ])('rejects %j', (query, message) => {
    expect(() => parseHistoryQuery(query)).toThrow(message);
  });
});
