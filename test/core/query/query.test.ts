import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../core/query/query.ts';

describe('parseQuery', () => {
  it('parses every parameter', () => {
    expect(
      parseQuery(
        'from=2026-11-01&to=2026-11-02&action=create,DELETE&user=u-1&user=u-2&account=123456789012&region=eu-west-1' +
          '&resource=orders-d&kind=service&order=asc&limit=7&cursor=abc',
      ),
    ).toEqual({
      fromMillis: Date.parse('2026-11-01T00:00:00.000Z'),
      toMillis: Date.parse('2026-11-02T23:59:59.999Z'),
      filters: {
        action: ['CREATE', 'DELETE'],
        user: ['u-1', 'u-2'],
        account: ['123456789012'],
        region: ['eu-west-1'],
        resource: ['orders-d'],
        kind: ['SERVICE'],
      },
      order: 'asc',
      limit: 7,
      cursor: 'abc',
      debug: false,
    });
  });

  it('defaults to all time, newest first, 50 entries per page', () => {
    expect(parseQuery('')).toMatchObject({ fromMillis: 0, filters: {}, order: 'desc', limit: 50 });
  });

  it('accepts the smallest range and page, and rejects a range that ends before it begins', () => {
    const time = '2026-11-05T16:40:51.007Z';
    const range = `from=${time}&to=${time}&recordedFrom=${time}&recordedTo=${time}`;
    const millis = Date.parse(time);
    expect(parseQuery(`${range}&limit=1`)).toMatchObject({
      fromMillis: millis,
      toMillis: millis,
      recordedFromMillis: millis,
      recordedToMillis: millis,
      limit: 1,
    });
    expect(() => parseQuery('from=2026-11-02&to=2026-11-01')).toThrow('from must not be after to');
    expect(() => parseQuery('recordedFrom=2026-11-02&recordedTo=2026-11-01')).toThrow(
      'recordedFrom must not be after recordedTo',
    );
    expect(() => parseQuery('limit=0')).toThrow('limit must be a whole number from 1 to 200');
  });

  it('accepts offsets, including a plus sign that is not percent-encoded', () => {
    const time = Date.parse('2026-11-05T16:40:51.007Z');
    expect(parseQuery('from=2026-11-05T17:40:51.007%2B01:00').fromMillis).toBe(time);
    expect(parseQuery('from=2026-11-05T17:40:51.007+01:00').fromMillis).toBe(time);
  });

  it('treats an escaped comma as part of a value', () => {
    expect(parseQuery('user=a\\,b,c').filters.user).toEqual(['a\\,b', 'c']);
  });

  it('keeps the terms of a filter in canonical form', () => {
    const { filters } = parseQuery('action=!create&user=b,!a,b&resource=orders*&type=x\\*,y\\!');
    expect(filters).toEqual({
      action: ['!CREATE'],
      user: ['!a', 'b'],
      resource: ['orders*'],
      type: ['x\\*', 'y!'],
    });
  });

  it.each([
    ['account=1234*', 'account does not support prefixes'],
    ['region=eu*', 'region does not support prefixes'],
    ['action=CRE*', 'action does not support prefixes'],
    ['kind=!RES*', 'kind does not support prefixes'],
    ['disputed=!true', 'disputed does not support negation'],
    ['user=a*b', 'user must contain * only at the end'],
    ['target=tail\\', 'target must contain \\ only before'],
    ['environment=!!prod', 'environment must not contain a value that starts with !!'],
  ])('refuses %s, which the filter does not support', (query, message) => {
    expect(() => parseQuery(query)).toThrow(message);
  });

  it.each(['from=1900-01-01', 'to=1969-12-31T23:59:59.999Z', 'from=1970-01-01T00:00:00+01:00'])(
    'says that times begin in 1970 (%s)',
    (query) => {
      expect(() => parseQuery(query)).toThrow(/must be 1970-01-01 or later/);
    },
  );

  it('counts characters like the contract, so that every stored name is a valid filter value', () => {
    const astral = '\u{20BB7}'.repeat(128);
    const hidden = 'https://a:[REDACTED:12]@h/'.repeat(8);
    for (const name of [astral, hidden]) {
      expect(parseQuery(`resource=${encodeURIComponent(name)}`).filters.resource).toEqual([name]);
    }
    expect(() => parseQuery(`resource=${encodeURIComponent(`${astral}x`)}`)).toThrow(/1 to 128 characters/);
  });

  it('parses bounds of the recording time, and does not search actions that must be recorded later', () => {
    expect(parseQuery('recordedFrom=2026-11-01&recordedTo=2026-11-02')).toMatchObject({
      fromMillis: 0,
      toMillis: Date.parse('2026-11-03T00:14:59.999Z'),
      recordedFromMillis: Date.parse('2026-11-01T00:00:00.000Z'),
      recordedToMillis: Date.parse('2026-11-02T23:59:59.999Z'),
    });
    expect(parseQuery('from=2026-12-01&recordedTo=2026-11-02')).toMatchObject({
      fromMillis: Date.parse('2026-12-01T00:00:00.000Z'),
      toMillis: Date.parse('2026-12-01T00:00:00.000Z'),
    });
  });

  it.each([
    ['recordedFrom=soon', 'recordedFrom'],
    ['recordedFrom=2026-11-03&recordedTo=2026-11-02', 'recordedFrom'],
    ['nonsense=1', 'nonsense'],
    ['from=yesterday', 'from'],
    ['from=2026-02-30', 'from'],
    ['to=2026-11-05T17:40:51', 'to'],
    ['from=2026-11-03&to=2026-11-02', 'from'],
    ['from=2026-11-03&from=2026-11-02', 'from'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=01', 'limit'],
    ['limit=', 'limit'],
    ['order=up', 'order'],
    ['debug=yes', 'debug'],
    ['action=RENAME', 'action'],
    ['action=', 'action'],
    ['action=CREATE,', 'action'],
    ['account=123', 'account'],
    ['region=eu-wset-1', 'region'],
    ['kind=THING', 'kind'],
    ['verdict=MAYBE', 'verdict'],
    ['user=', 'user'],
    ['resource=*', 'resource'],
    [`user=${Array.from({ length: 51 }, (_, i) => i).join(',')}`, 'user'],
  ])('rejects %s, naming the parameter and the allowed values', (query, field) => {
    const attempt = () => parseQuery(query);
    expect(attempt).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER', field }));
    expect(attempt).toThrow(/must|allowed/);
  });
});
