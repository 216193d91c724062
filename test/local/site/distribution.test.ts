import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadStack } from '../../../local/cloudformation/stack.ts';
import { loadFunctions } from '../../../local/functions/function.ts';
import type { HttpRequest } from '../../../local/http-api/event.ts';
import type { HttpResponse } from '../../../local/http-api/response.ts';
import { createAccessCheck } from '../../../local/iam/access-check.ts';
import { readBucketFiles } from '../../../local/site/bucket-files.ts';
import { createDistribution } from '../../../local/site/distribution.ts';
import { siteAssets, siteTemplate } from './site-template.ts';

const page = `<!doctype html>${'<p>page</p>'.repeat(200)}`;

const assets = siteAssets({
  'page.zip': { 'index.html': page, 'small.js': 'go()', 'drafts/a.html': 'draft', 'a b.txt': 'blank' },
  'config.zip': { 'config.json': '{"account":"<<marker:0>>","text":"<<marker:1>>","issuer":"here"}' },
});

type Resources = ReturnType<typeof siteTemplate>['Resources'];

/** Serves the changed template, and collects the reported problems. */
function serve(change: (resources: Resources) => void = () => {}) {
  const template = siteTemplate();
  change(template.Resources);
  const stack = loadStack(template, {
    stackName: 'Site',
    accountId: '210987654321',
    region: 'eu-west-1',
    gatewayUrl: 'http://localhost:3000',
  });
  const reports: string[] = [];
  const apiRequests: HttpRequest[] = [];
  const handler = createDistribution({
    stack,
    accessCheck: createAccessCheck(stack),
    files: readBucketFiles(stack, assets, (text) => text.replace('here', 'there')),
    api: async (request) => {
      apiRequests.push(request);
      return { status: 404, headers: { 'x-kept': 'api', 'x-replaced': 'api' }, body: 'from the API' };
    },
    report: (line) => reports.push(line),
  });
  const ask = async (
    target: string,
    { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<HttpResponse> => {
    const [rawPath = '', rawQuery = ''] = target.split('?');
    const response = await handler?.({
      method,
      rawPath,
      rawQuery,
      headers: Object.entries(headers),
      body: Buffer.from(''),
      sourceIp: '127.0.0.1',
    });
    if (response === undefined) throw new Error('no distribution');
    return response;
  };
  return { ask, apiRequests, reports, stack };
}

const statusOf = async (response: Promise<HttpResponse>) => (await response).status;

describe('createDistribution', () => {
  it('serves the deployed files, and the root object for /', async () => {
    const { ask } = serve();
    for (const path of ['/', '/index.html', '/place']) {
      const { status, headers, body } = await ask(path);
      expect([path, status, String(body)]).toEqual([path, 200, page]);
      expect(headers).toMatchObject({ 'content-type': 'text/html', 'cache-control': 'no-cache' });
    }
    expect(String((await ask('/a%20b.txt')).body)).toBe('blank');
  });

  it('replaces deployment markers in JSON files', async () => {
    const { body } = await serve().ask('/config.json');
    expect(JSON.parse(String(body))).toEqual({ account: '210987654321', text: 'say "hi"', issuer: 'there' });
  });

  it('rejects excluded and missing files', async () => {
    const { ask } = serve();
    for (const path of ['/drafts/a.html', '/missing', '/..%2fconfig.zip/config.json', '/%']) {
      expect([path, await statusOf(ask(path))]).toEqual([path, 403]);
    }
  });

  it('applies an include after an exclude', async () => {
    const { ask } = serve((resources) => {
      Object.assign(resources.Files.Properties, { Exclude: ['*'], Include: ['drafts/*'] });
    });
    expect(await statusOf(ask('/drafts/a.html'))).toBe(200);
    expect(await statusOf(ask('/index.html'))).toBe(403);
  });

  it('rejects requests when the bucket policy does not allow reads', async () => {
    const { ask, reports } = serve((resources) => {
      delete resources.BucketPolicy;
    });
    expect(await statusOf(ask('/index.html'))).toBe(403);
    expect(reports.join()).toContain('cloudfront.amazonaws.com is not authorized to perform: s3:GetObject');
  });

  it('rejects requests when the bucket policy allows another distribution', async () => {
    const { ask } = serve((resources) => {
      resources.BucketPolicy.Properties.PolicyDocument.Statement[0].Condition.StringEquals['AWS:SourceArn'] =
        'arn:aws:cloudfront::210987654321:distribution/EOTHER';
    });
    expect(await statusOf(ask('/index.html'))).toBe(403);
  });

  it('rejects requests without an origin access control', async () => {
    const { ask } = serve((resources) => {
      delete resources.Distribution.Properties.DistributionConfig.Origins[0].OriginAccessControlId;
    });
    expect(await statusOf(ask('/index.html'))).toBe(403);
  });

  it('passes API requests to the API unchanged, and returns its response', async () => {
    const { ask, apiRequests } = serve();
    const { status, body, headers } = await ask('/things/7?a=1', {
      method: 'POST',
      headers: { authorization: 'Bearer t' },
    });
    expect([status, body]).toEqual([404, 'from the API']);
    expect(apiRequests).toMatchObject([
      { rawPath: '/things/7', rawQuery: 'a=1', method: 'POST', headers: [['authorization', 'Bearer t']] },
    ]);
    expect(headers).toEqual({ 'x-kept': 'api', 'x-replaced': 'policy', 'x-content-type-options': 'nosniff' });
  });

  it('rejects a method that the behavior does not allow', async () => {
    const { ask, apiRequests } = serve();
    expect(await statusOf(ask('/things', { method: 'DELETE' }))).toBe(403);
    expect(await statusOf(ask('/index.html', { method: 'POST' }))).toBe(403);
    expect(apiRequests).toEqual([]);
  });

  it('returns the response of the function with the headers of the policy', async () => {
    const { status, body, headers } = await serve().ask('/teapot?by=me');
    expect([status, body]).toEqual([418, 'tea']);
    expect(headers).toMatchObject({ 'x-by': 'me', 'x-kept': 'policy' });
  });

  it.each(['/throw', '/loop'])('fails with 503 and reports why when the function fails: %s', async (path) => {
    const { ask, reports } = serve();
    expect(await statusOf(ask(path))).toBe(503);
    expect(reports).toEqual([expect.stringContaining('the viewer-request function failed: ')]);
  });

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip, br;q=0', 'gzip', gunzipSync],
  ])('compresses when the browser accepts %s', async (accepted, encoding, decompress) => {
    const { headers, body } = await serve().ask('/', { headers: { 'accept-encoding': accepted } });
    expect(headers).toMatchObject({ 'content-encoding': encoding, vary: 'accept-encoding' });
    expect(headers.etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
    expect(String(decompress(Buffer.from(body)))).toBe(page);
  });

  it('does not compress small files, or when the behavior disables compression', async () => {
    const asking = { headers: { 'accept-encoding': 'br' } };
    expect((await serve().ask('/small.js', asking)).headers).not.toHaveProperty('content-encoding');
    const plain = serve((resources) => {
      delete resources.Distribution.Properties.DistributionConfig.DefaultCacheBehavior.Compress;
    });
    expect((await plain.ask('/', asking)).headers).not.toHaveProperty('content-encoding');
  });

  it('responds with 304 when the browser has the file, compressed or not', async () => {
    const { ask } = serve();
    const etag = (await ask('/')).headers.etag ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, headers, body } = await ask('/', { headers: { 'if-none-match': known } });
      expect([known, status, body, headers.etag]).toEqual([known, 304, '', etag]);
    }
    expect(await statusOf(ask('/', { headers: { 'if-none-match': '"other"' } }))).toBe(200);
  });

  it('fails when an origin is not in the stack', () => {
    expect(() =>
      serve((resources) => {
        resources.Distribution.Properties.DistributionConfig.Origins[1].DomainName = 'example.com';
      }),
    ).toThrow("the distribution's origin api is neither a bucket nor the API of this stack");
  });

  it('fails when a deployment refers to an asset that was not synthesized', () => {
    expect(() =>
      serve((resources) => {
        resources.Files.Properties.SourceObjectKeys[0] = 'other.zip';
      }),
    ).toThrow('deployment Files refers to the asset other.zip, which was not synthesized');
  });

  it('rejects an unsupported property', () => {
    expect(() =>
      serve((resources) => {
        resources.Distribution.Properties.DistributionConfig.CustomErrorResponses = [];
      }),
    ).toThrow('DistributionConfig.CustomErrorResponses');
  });

  it('does not run the function of the deployment', () => {
    const { stack } = serve();
    expect(loadFunctions(stack, createAccessCheck(stack), { assets, dataDir: '/nowhere' })).toEqual([]);
  });
});
