import { describe, expect, it } from 'vitest';
import { emptySearch } from '../../../dashboard/src/search/search.ts';
import { decodeSearch } from '../../../dashboard/src/search/search-url.ts';
import { describeSearch } from '../../../dashboard/src/views/describe-search.ts';
import { freezeSearch } from '../../../dashboard/src/views/freeze-search.ts';

const now = Date.parse('2026-11-05T12:00:00.000Z');

describe('freezeSearch', () => {
  it('replaces a relative range with its times, and leaves out what is recorded later', () => {
    const search = decodeSearch('verdict=DENIED&last=24h&group=target');
    expect(freezeSearch(search, now)).toEqual({
      ...search,
      range: { type: 'between', from: '2026-11-04T12:00:00.000Z', to: '2026-11-05T12:00:00.000Z' },
      recorded: { recordedTo: '2026-11-05T12:00:00.000Z' },
    });
  });

  it('keeps absolute bounds, and an earlier bound of the recording time', () => {
    const search = decodeSearch('from=2026-11-01&to=2026-11-04&recordedTo=2026-11-02');
    expect(freezeSearch(search, now)).toEqual(search);
  });

  it('ends an open range now, because a count without an end moves on', () => {
    const ended = { recorded: { recordedTo: '2026-11-05T12:00:00.000Z' } };
    expect(freezeSearch(emptySearch, now)).toEqual({
      ...emptySearch,
      range: { type: 'between', to: '2026-11-05T12:00:00.000Z' },
      ...ended,
    });
    expect(freezeSearch(decodeSearch('from=2026-11-01'), now)).toMatchObject({
      range: { type: 'between', from: '2026-11-01', to: '2026-11-05T12:00:00.000Z' },
      ...ended,
    });
    const invalid = decodeSearch('last=never');
    expect(freezeSearch(invalid, now)).toEqual({ ...invalid, ...ended });
  });
});

describe('describeSearch', () => {
  it.each([
    ['', 'Any time'],
    ['verdict=DENIED,!VIOLATION&last=7d', 'Verdict = Denied, Verdict != Violation, Last 7 days'],
    [
      'resource=orders*&order=asc&group=target',
      'Name begins with orders, Any time, oldest first, grouped by target',
    ],
    ['recordedFrom=2026-11-05', 'Recorded since = 2026-11-05, Any time'],
  ])('describes %j', (search, text) => {
    expect(describeSearch(decodeSearch(search), 'utc')).toBe(text);
  });
});
