import { describe, expect, it } from 'vitest';
import { apiDocument, documentedPath, type ReceivedResponse, responseIssues } from './api-document.ts';

const page = apiDocument.paths['/request-logs'].get.responses[200].content['application/json'].example;

function makeResponse(body: unknown, { status = 200, headers = {} } = {}): ReceivedResponse {
  const all = { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers };
  return { status, headers: new Headers(all), text: JSON.stringify(body) };
}

describe('responseIssues', () => {
  it('finds no issue in a documented response', () => {
    expect(responseIssues('/request-logs?limit=2', makeResponse(page))).toEqual([]);
  });

  it.each([
    ['a status', makeResponse(page, { status: 418 }), 'status 418'],
    ['a field', makeResponse({ ...page, extra: 1 }), 'extra'],
    ['a field inside', makeResponse({ ...page, items: [{ ...page.items[0], secret: 's' }] }), 'secret'],
    ['a type', makeResponse({ ...page, complete: 'yes' }), '/complete'],
    ['a missing field', makeResponse({ items: [] }), 'nextCursor'],
    ['a format', makeResponse({ ...page, searchedThrough: 'yesterday' }), '/searchedThrough'],
    ['a content type', makeResponse(page, { headers: { 'content-type': 'text/html' } }), 'text/html'],
    ['a header', makeResponse(page, { headers: { 'cache-control': 'public' } }), 'Cache-Control'],
    [
      'a code',
      makeResponse(
        { type: 'about:blank', title: 't', status: 400, code: 'X' },
        { status: 400, headers: { 'content-type': 'application/problem+json' } },
      ),
      '/code',
    ],
  ])('finds an undocumented %s', (_, response, issue) => {
    const issues = responseIssues('/request-logs', response);
    expect(issues.join('\n')).toContain(issue);
  });

  it('finds an undocumented path', () => {
    expect(responseIssues('/nothing', makeResponse(page))).toEqual(['no path /nothing']);
  });
});

describe('documentedPath', () => {
  it('prefers a literal path to a template', () => {
    expect(documentedPath('/request-logs/export')).toBe('/request-logs/export');
    expect(documentedPath('/request-logs/x')).toBe('/request-logs/{id}');
  });
});
