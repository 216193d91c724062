import { describe, expect, it } from 'vitest';
import { apiDocument, documentedPath, type ReceivedAnswer, responseIssues } from './api-document.ts';

const page = apiDocument.paths['/request-logs'].get.responses[200].content['application/json'].example;

function answerOf(body: unknown, { status = 200, headers = {} } = {}): ReceivedAnswer {
  const all = { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers };
  return { status, headers: new Headers(all), text: JSON.stringify(body) };
}

describe('responseIssues', () => {
  it('finds no issue in a documented response', () => {
    expect(responseIssues('/request-logs?limit=2', answerOf(page))).toEqual([]);
  });

  it.each([
    ['a status', answerOf(page, { status: 418 }), 'status 418'],
    ['a field', answerOf({ ...page, extra: 1 }), 'extra'],
    ['a field inside', answerOf({ ...page, items: [{ ...page.items[0], secret: 's' }] }), 'secret'],
    ['a type', answerOf({ ...page, complete: 'yes' }), '/complete'],
    ['a missing field', answerOf({ items: [] }), 'nextCursor'],
    ['a format', answerOf({ ...page, searchedThrough: 'yesterday' }), '/searchedThrough'],
    ['a content type', answerOf(page, { headers: { 'content-type': 'text/html' } }), 'text/html'],
    ['a header', answerOf(page, { headers: { 'cache-control': 'public' } }), 'Cache-Control'],
    [
      'a code',
      answerOf(
        { type: 'about:blank', title: 't', status: 400, code: 'X' },
        { status: 400, headers: { 'content-type': 'application/problem+json' } },
      ),
      '/code',
    ],
  ])('finds an undocumented %s', (_, answer, issue) => {
    const issues = responseIssues('/request-logs', answer);
    expect(issues.join('\n')).toContain(issue);
  });

  it('finds an undocumented path', () => {
    expect(responseIssues('/nothing', answerOf(page))).toEqual(['no path /nothing']);
  });
});

describe('documentedPath', () => {
  it('prefers a literal path to a template', () => {
    expect(documentedPath('/request-logs/export')).toBe('/request-logs/export');
    expect(documentedPath('/request-logs/x')).toBe('/request-logs/{id}');
  });
});
