import { describe, expect, it } from 'vitest';
import { parseSummaryQuery } from '../../../core/counts/summary-query.ts';

describe('parseSummaryQuery', () => {
  it('reads lists that are separated by commas or repeated', () => {
    expect(parseSummaryQuery('groupBy=time,action&topLists=user&topLists=target')).toMatchObject({
      groupBy: ['time', 'action'],
      topLists: ['user', 'target'],
    });
  });

  it('uses the defaults of the documentation', () => {
    expect(parseSummaryQuery('')).toMatchObject({
      groupBy: [],
      interval: undefined,
      zone: { name: 'UTC' },
      top: 10,
      topLists: [],
      orderBy: 'count',
      isCompared: false,
      hasEnd: false,
    });
  });

  it.each([
    ['groupBy=name', 'groupBy', 'must be one of time, action,'],
    ['groupBy=', 'groupBy', 'must be one of'],
    ['groupBy=user,user', 'groupBy', 'must not contain user twice'],
    ['groupBy=user&groupBy=user', 'groupBy', 'must not contain user twice'],
    ['groupBy=user,action,region', 'groupBy', 'must have at most 2 values'],
    ['topLists=time', 'topLists', 'must be one of action,'],
    ['topLists=user,user', 'topLists', 'must not contain user twice'],
    ['topLists=user,target,kind,type,region,role', 'topLists', 'must have at most 5 values'],
    ['interval=day', 'interval', 'requires groupBy=time'],
    ['groupBy=time&interval=month', 'interval', 'must be one of auto, hour, day, week'],
    ['groupBy=time&interval=day&interval=day', 'interval', 'must be specified only once'],
    ['timeZone=Mars/Olympus', 'timeZone', 'must be an IANA time zone'],
    ['timeZone=%2B02:00', 'timeZone', 'must be an IANA time zone'],
    ['timeZone=', 'timeZone', 'must be an IANA time zone'],
    ['top=0', 'top', 'must be a whole number from 1 to 50'],
    ['top=51', 'top', 'must be a whole number from 1 to 50'],
    ['top=1&top=2', 'top', 'must be specified only once'],
    ['orderBy=name', 'orderBy', 'must be one of count, denied, change'],
    ['orderBy=change', 'orderBy', 'must be change only with compare=previous'],
    ['compare=next&from=2026-11-01', 'compare', 'must be previous'],
    ['compare=previous', 'compare', 'requires from'],
    ['limit=5', 'limit', 'is not a parameter'],
    ['order=asc', 'order', 'is not a parameter'],
    ['asOf=1042', 'asOf', 'requires to'],
    ['to=2026-11-10&asOf=2026-11-09T08:15:00Z', 'asOf', 'must be a size of the sealed log'],
    ['to=2026-11-10&asOf=1&asOf=2', 'asOf', 'must be specified only once'],
    ['from=2026-11-02&to=2026-11-01', 'from', 'must not be after to'],
    ['user=', 'user', 'must not have an empty value'],
  ])('rejects %s', (rawQuery, field, message) => {
    expect(() => parseSummaryQuery(rawQuery)).toThrowError(
      expect.objectContaining({
        code: 'INVALID_PARAMETER',
        field,
        message: expect.stringContaining(message),
      }),
    );
  });
});
