import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../../dashboard/src/api/problem.ts';
import { findSearchError } from '../../../dashboard/src/search/invalid-search.ts';
import { decodeSearch } from '../../../dashboard/src/search/search-url.ts';

const problemIn = (queryString: string) => {
  const error = findSearchError(decodeSearch(queryString));
  return error && describeProblem(error);
};

describe('findSearchError', () => {
  it.each(['last=3x', 'last=0h', 'last=100000d', 'last=-1d', 'last=24h&last=7d'])(
    'names last in %s',
    (queryString) => {
      expect(problemIn(queryString)).toEqual({
        kind: 'filter',
        title: 'Invalid filter',
        advice: 'last must be a whole number from 1 to 99,999 followed by m, h, d, or w, such as 24h',
        field: 'last',
      });
    },
  );

  it.each(['last=7d&from=2026-11-01', 'last=7d&to=2026-11-01', 'last=3x&from=2026-11-01'])(
    'rejects two time ranges: %s',
    (queryString) => {
      expect(problemIn(queryString)).toMatchObject({
        kind: 'filter',
        advice: 'last cannot be used together with from or to',
        field: 'last',
      });
    },
  );

  it.each(['', 'last=', 'last=7d', 'from=2026-11-01&to=yesterday', 'last=7d&from='])(
    'leaves the validation of %j to the API',
    (queryString) => {
      expect(findSearchError(decodeSearch(queryString))).toBeUndefined();
    },
  );
});
