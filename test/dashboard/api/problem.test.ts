import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../client/client.ts';
import { parseQuery } from '../../../core/query/query.ts';
import type { RequestLogsError } from '../../../core/values/errors.ts';
import { describeProblem } from '../../../dashboard/src/api/problem.ts';
import { SessionEnded } from '../../../dashboard/src/session/token-source.ts';

function answer(status: number, body: object, headers: Record<string, string> = {}): ApiError {
  return new ApiError(new Response(null, { status, headers }), body);
}

describe('describeProblem', () => {
  it('names the filter that the API rejects', () => {
    const detail = 'account must be a 12-digit AWS account ID';
    const body = { status: 400, code: 'INVALID_PARAMETER', title: '', detail, field: 'account' };
    expect(describeProblem(answer(400, body))).toMatchObject({
      kind: 'filter',
      field: 'account',
      advice: detail,
    });
  });

  it('shows examples of valid times instead of the name of the standard', () => {
    const explain = (queryString: string) => {
      try {
        parseQuery(queryString);
      } catch (error) {
        const { code, field, message: detail } = error as RequestLogsError;
        return describeProblem(answer(400, { status: 400, code, title: '', detail, field })).advice;
      }
      return undefined;
    };
    expect(explain('from=yesterday')).toBe(
      'from must be a date, such as 2026-11-05, or a date and time, such as 2026-11-05T16:40:51Z',
    );
    expect(explain('from=2026-11-05&to=2026-11-01')).toBe('from must not be after to');
  });

  it('names the missing permission', () => {
    const body = { status: 403, code: 'FORBIDDEN', title: '', detail: 'x', field: 'request-logs:read' };
    expect(describeProblem(answer(403, body))).toMatchObject({
      kind: 'forbidden',
      field: 'request-logs:read',
    });
  });

  it('says that a page of a proxy is not an answer of the API', () => {
    const { kind, advice } = describeProblem(answer(200, {}));
    expect(kind).toBe('failed');
    expect(advice).toContain('not from the Request Logs API');
    expect(advice).not.toContain('200');
  });

  it('escapes control characters in messages', () => {
    const body = { status: 400, code: 'INVALID_PARAMETER', title: '', detail: 'user\u202e must be' };
    expect(describeProblem(answer(400, body)).advice).toBe('user\\u202e must be');
  });

  it.each([429, 503])(
    'reports status %i as a busy store, never as no results, and says when to try again',
    (status) => {
      const problem = describeProblem(answer(status, {}, { 'retry-after': '7' }));
      expect(problem.kind).toBe('busy');
      expect(problem.advice).toContain('did not finish');
      expect(problem.advice).toContain('7 seconds');
    },
  );

  it.each([
    [answer(401, { message: 'Unauthorized' }), 'session'],
    [new SessionEnded(), 'session'],
    [answer(404, {}), 'missing'],
    [answer(500, {}), 'failed'],
    [new TypeError('Failed to fetch'), 'offline'],
    [new TypeError('NetworkError when attempting to fetch resource.'), 'offline'],
    [new TypeError('Load failed'), 'offline'],
    [new TypeError("Cannot read properties of undefined (reading 'items')"), 'defect'],
    [new RangeError('Invalid time value'), 'defect'],
  ])('classifies %s as %s', (error, kind) => {
    expect(describeProblem(error)).toMatchObject({ kind, advice: expect.stringMatching(/./) });
  });
});
