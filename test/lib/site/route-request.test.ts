// Tests the code in the template that CloudFront runs on each request for a file.
import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findId, hostedSettings, propertiesOf, synthesize } from '../synthesize.ts';

const template = synthesize(hostedSettings);
const { FunctionCode, FunctionConfig } = propertiesOf(template, 'AWS::CloudFront::Function', '') as {
  FunctionCode: string;
  FunctionConfig: { Runtime: string };
};

interface Request {
  readonly method: string;
  readonly uri: string;
  readonly querystring: Record<string, { value: string }>;
  readonly headers: Record<string, { value: string }>;
}

function route(uri: string): Request {
  const event = {
    version: '1.0',
    context: { eventType: 'viewer-request' },
    request: {
      method: 'GET',
      uri,
      querystring: { code: { value: 'a' }, state: { value: 'b' } },
      headers: { host: { value: 'd111.cloudfront.net' } },
      cookies: {},
    },
  };
  const context = createContext({ text: JSON.stringify(event) });
  return JSON.parse(runInContext(`${FunctionCode}; JSON.stringify(handler(JSON.parse(text)))`, context));
}

describe('the viewer-request function', () => {
  it('is attached to the files, in a runtime that supports its syntax', () => {
    expect(FunctionConfig.Runtime).toBe('cloudfront-js-2.0');
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        DefaultCacheBehavior: {
          FunctionAssociations: [
            {
              EventType: 'viewer-request',
              FunctionARN: {
                'Fn::GetAtt': [findId(template, 'AWS::CloudFront::Function', ''), 'FunctionARN'],
              },
            },
          ],
        },
      },
    });
  });

  it.each([
    '/',
    '/callback',
    '/entries',
    '/entries/',
    '/entries/01M7ZYHQ8X0000000000000000',
    '/entries/a.b',
    '/entries/..%2f..%2fconfig.json',
    '/some/place',
    '/v1.2/place',
  ])('returns the page for %s', (uri) => {
    expect(route(uri).uri).toBe('/index.html');
  });

  it.each([
    '/index.html',
    '/config.json',
    '/icon.svg',
    '/assets/index-B1a2.js',
    '/assets/open-sans.woff2',
    '/missing.js',
    '/../secret.txt',
    '/.well-known/security.txt',
  ])('keeps %s unchanged', (uri) => {
    expect(route(uri).uri).toBe(uri);
  });

  it('keeps query string, headers and method', () => {
    expect(route('/callback')).toMatchObject({
      method: 'GET',
      querystring: { code: { value: 'a' }, state: { value: 'b' } },
      headers: { host: { value: 'd111.cloudfront.net' } },
    });
  });

  it('returns the requested path or the page for any input', () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const uri = `/${path.replace(/^\/+/, '')}`;
        expect([uri, '/index.html']).toContain(route(uri).uri);
      }),
    );
  });
});
