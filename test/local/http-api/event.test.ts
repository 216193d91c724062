import { describe, expect, it } from 'vitest';
import { type HttpRequest, httpApiEvent } from '../../../local/http-api/event.ts';

const request: HttpRequest = {
  method: 'GET',
  rawPath: '/things/a%20b',
  rawQuery: 'user=u%2B1&user=u2&empty=',
  headers: [
    ['Host', 'localhost:3000'],
    ['Accept', 'text/html'],
    ['ACCEPT', 'application/json'],
    ['Cookie', 'a=1; b=2'],
    ['User-Agent', 'test'],
  ],
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
};

const context = {
  accountId: '210987654321',
  apiId: 'abc',
  region: 'eu-west-1',
  stage: '$default',
  routeKey: 'GET /things/{id}',
  requestId: 'r-1',
  time: new Date('2026-11-05T09:03:58Z'),
  pathParameters: { id: 'a b' },
  jwt: { claims: { sub: 'u-1' }, scopes: null },
};

describe('httpApiEvent', () => {
  it('builds an event in payload format 2.0', () => {
    expect(httpApiEvent(request, context)).toEqual({
      version: '2.0',
      routeKey: 'GET /things/{id}',
      rawPath: '/things/a b',
      rawQueryString: 'user=u%2B1&user=u2&empty=',
      cookies: ['a=1', 'b=2'],
      headers: { host: 'localhost:3000', accept: 'text/html,application/json', 'user-agent': 'test' },
      queryStringParameters: { user: 'u+1,u2', empty: '' },
      requestContext: {
        accountId: '210987654321',
        apiId: 'abc',
        authorizer: { jwt: { claims: { sub: 'u-1' }, scopes: null } },
        domainName: 'abc.execute-api.eu-west-1.amazonaws.com',
        domainPrefix: 'abc',
        http: {
          method: 'GET',
          path: '/things/a b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        requestId: 'r-1',
        routeKey: 'GET /things/{id}',
        stage: '$default',
        time: '05/Nov/2026:09:03:58 +0000',
        timeEpoch: 1_793_869_438_000,
      },
      pathParameters: { id: 'a b' },
      isBase64Encoded: false,
    });
  });

  it('omits fields that the request does not have', () => {
    const { jwt: _, ...open } = context;
    const event = httpApiEvent({ ...request, rawQuery: '', headers: [] }, { ...open, pathParameters: {} });
    for (const name of ['cookies', 'queryStringParameters', 'pathParameters', 'body']) {
      expect(event).not.toHaveProperty(name);
    }
    expect(event).not.toHaveProperty('requestContext.authorizer');
  });

  it('passes text unchanged and other content as base64', () => {
    const bodyOf = (type: string) =>
      httpApiEvent({ ...request, headers: [['content-type', type]], body: Buffer.from('hé') }, context);
    expect(bodyOf('application/json')).toMatchObject({ body: 'hé', isBase64Encoded: false });
    expect(bodyOf('image/png')).toMatchObject({
      body: Buffer.from('hé').toString('base64'),
      isBase64Encoded: true,
    });
  });
});
