import { describe, expect, it } from 'vitest';
import { mapFunctionResult } from '../../../local/http-api/response.ts';

const map = (value: unknown) => mapFunctionResult(JSON.stringify(value) ?? 'null');

describe('mapFunctionResult', () => {
  it('maps status, headers, cookies, and body', () => {
    expect(
      map({ statusCode: 201, headers: { 'Content-Type': 'text/html', Age: 3 }, cookies: ['a=1'], body: 'x' }),
    ).toEqual({
      status: 201,
      headers: { 'content-type': 'text/html', age: '3' },
      cookies: ['a=1'],
      body: 'x',
    });
  });

  it('decodes a base64 body', () => {
    expect(map({ statusCode: 200, body: 'aMOp', isBase64Encoded: true }).body).toEqual(Buffer.from('hé'));
  });

  it.each([
    [{ items: [] }, '{"items":[]}'],
    ['text', 'text'],
    [null, 'null'],
  ])('uses %j, without a statusCode, as the body of a 200 response', (value, body) => {
    expect(map(value)).toEqual({ status: 200, headers: { 'content-type': 'application/json' }, body });
  });

  it('rejects an invalid response', () => {
    expect(map({ statusCode: 'many', body: 3 })).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });
});
