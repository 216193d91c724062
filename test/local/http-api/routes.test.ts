import { describe, expect, it } from 'vitest';
import { corsHeaders, preflightHeaders } from '../../../local/http-api/cors.ts';
import { createRouter } from '../../../local/http-api/routes.ts';

describe('createRouter', () => {
  const find = createRouter(
    ['ANY /things/{proxy+}', 'GET /things/{id}', 'GET /things/special', 'GET /things', 'ANY /things'].map(
      (routeKey) => ({ routeKey }),
    ),
  );

  it.each([
    ['GET', '/things', 'GET /things', {}],
    ['POST', '/things', 'ANY /things', {}],
    ['GET', '/things/special', 'GET /things/special', {}],
    ['GET', '/things/7', 'GET /things/{id}', { id: '7' }],
    ['GET', '/things/7/parts/8', 'ANY /things/{proxy+}', { proxy: '7/parts/8' }],
    ['DELETE', '/things/7', 'ANY /things/{proxy+}', { proxy: '7' }],
  ])('routes %s %s to %s', (method, path, routeKey, pathParameters) => {
    expect(find(method, path)).toEqual({ route: { routeKey }, pathParameters });
  });

  it.each([
    ['GET', '/'],
    ['GET', '/thing'],
    ['GET', '/things/'],
  ])('finds no route for %s %s', (method, path) => {
    expect(find(method, path)).toBeUndefined();
  });

  it('falls back to $default', () => {
    const route = { routeKey: '$default' };
    expect(createRouter([route])('GET', '/anything')).toEqual({ route, pathParameters: {} });
  });
});

describe('CORS', () => {
  const cors = {
    AllowOrigins: ['https://ops.example'],
    AllowMethods: ['GET'],
    AllowHeaders: ['authorization'],
    MaxAge: 60,
  };

  it('allows only the configured origins', () => {
    expect(corsHeaders(cors, 'https://ops.example')).toMatchObject({
      'access-control-allow-origin': 'https://ops.example',
    });
    expect(corsHeaders(cors, 'https://evil.example')).toEqual({});
    expect(corsHeaders(cors, undefined)).toEqual({});
  });

  it('responds to a preflight request with methods, headers, and age', () => {
    expect(preflightHeaders(cors, 'https://ops.example')).toMatchObject({
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '60',
    });
    expect(preflightHeaders(cors, 'https://evil.example')).toEqual({});
  });
});
