// The local stack with a DynamoDB that fails on demand.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynalite } from '../../local/dynamodb/dynalite.ts';
import { Harness, type Template } from './harness.ts';

/** `true` for throttling, the type of another error, or `'hang'` for no response. */
export type Fault = (operation: string, body: string) => boolean | string;

/** Starts a proxy for DynamoDB that responds with an error to the calls that `fault` selects. */
export async function startProxy(
  target: URL,
  fault: { current: Fault },
): Promise<{ server: Server; url: string }> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const picked = fault.current(operation, body.toString());
    if (picked === 'hang') return;
    if (picked) {
      const type = picked === true ? 'ProvisionedThroughputExceededException' : picked;
      const error = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'injected fault' };
      outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(error));
      return;
    }
    const { method, headers } = incoming;
    const forwarded = request(target, { method, headers: { ...headers, host: target.host } }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    forwarded.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export interface FaultyStack {
  readonly harness: Harness;
  stop(): Promise<void>;
}

/** Starts the stack, whose template `alter` can change, in front of a store that fails as `fault` says. */
export async function startFaultyStack(
  fault: { current: Fault },
  alter: (template: Template) => void = () => {},
): Promise<FaultyStack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-faults-'));
  const dynalite = await startDynalite(dataDir, () => {});
  const proxy = await startProxy(dynalite.endpoint, fault);
  const harness = await Harness.start({ dynamodbEndpoint: proxy.url, alter });
  return {
    harness,
    async stop() {
      await harness.stop();
      proxy.server.closeAllConnections();
      proxy.server.close();
      await dynalite.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
