import { describe, expect, it } from 'vitest';
import { matchesPath } from '../../../local/site/path-pattern.ts';

describe('matchesPath', () => {
  it.each([
    ['/request-logs*', '/request-logs', true],
    ['/request-logs*', '/request-logs/01/x', true],
    ['/request-logs*', '/Request-logs', false],
    ['/request-logs*', '/a/request-logs', false],
    ['/openapi.json', '/openapi.json', true],
    ['/openapi.json', '/openapiXjson', false],
    ['/openapi.json', '/openapi.json/', false],
    ['images/*.jpg', '/images/a/b.jpg', true],
    ['/a?.js', '/ab.js', true],
    ['/a?.js', '/a.js', false],
    ['*', '/', true],
    ['/a(b', '/a(b', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });
});
