// Proxy for an S3 emulator without bucket tags. It handles GetBucketTagging with CloudFormation's stack tag.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `stacks` has the stack of each bucket, or `'denied'` to deny access to its tags. Other buckets have no tags. */
export async function startTaggingProxy(port: number, stacks: Readonly<Record<string, string>>) {
  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://localhost');
    if (searchParams.has('tagging')) {
      const stack = stacks[pathname.replaceAll('/', '')];
      if (stack === undefined || stack === 'denied') {
        const code = stack === undefined ? 'NoSuchTagSet' : 'AccessDenied';
        return outgoing.writeHead(stack === undefined ? 404 : 403).end(`<Error><Code>${code}</Code></Error>`);
      }
      const tag = `<Tag><Key>aws:cloudformation:stack-name</Key><Value>${stack}</Value></Tag>`;
      return outgoing.end(`<Tagging><TagSet>${tag}</TagSet></Tagging>`);
    }
    const { method, url } = incoming;
    // The emulator rejects requests with another host.
    const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
    const forwarded = request({ port, host: '127.0.0.1', method, path: url, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    return incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.dispose]: stop };
}
