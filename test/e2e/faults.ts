// Tests a throttled or unavailable store: no event is lost, and callers are told to retry.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dynalite, startDynalite } from '../../local/dynamodb/dynalite.ts';
import { goodSampleNames, makeEvent, sampleFile } from '../support/fixtures.ts';
import { Harness } from './harness.ts';

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

/** Whether the call writes to the entries table, not the directory. */
function isEntryPut(operation: string, body: string): boolean {
  return operation === 'PutItem' && /"TableName":"[^"]*Entries/.test(body);
}

export function describeFaults(): void {
  describe('a throttled store', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-faults-'));
    const fault: { current: Fault } = { current: () => false };
    let dynalite: Dynalite;
    let proxy: Awaited<ReturnType<typeof startProxy>>;
    let harness: Harness;

    beforeAll(async () => {
      dynalite = await startDynalite(dataDir, () => {});
      proxy = await startProxy(dynalite.endpoint, fault);
      harness = await Harness.start({
        dynamodbEndpoint: proxy.url,
        alter: ({ Resources }) => {
          // The visibility timeout is six minutes in the stack and five seconds here, longer than the SDK's retries.
          for (const { Type, Properties } of Object.values(Resources)) {
            if (Type === 'AWS::SQS::Queue' && Properties.VisibilityTimeout) {
              Properties.VisibilityTimeout = 30;
              if (Properties.RedrivePolicy) Properties.RedrivePolicy.maxReceiveCount = 2;
            }
            if (Type === 'AWS::Lambda::Function') Properties.Timeout = Math.min(Properties.Timeout, 29);
          }
        },
      });
    });
    afterAll(async () => {
      await harness.stop();
      proxy.server.closeAllConnections();
      proxy.server.close();
      await dynalite.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });

    it('returns only the failed messages to the queue and records them when it recovers', async () => {
      let refused = 0;
      fault.current = (operation, body) => {
        const isPicked = isEntryPut(operation, body) && body.includes('u-2077') && refused < 24;
        if (isPicked) refused++;
        return isPicked;
      };
      await harness.emit(goodSampleNames.map(sampleFile));
      fault.current = () => false;
      expect(refused).toBeGreaterThan(0);
      expect(await harness.ids('')).toHaveLength(10);
    });

    it('moves a message that never succeeds to the dead-letter queue', async () => {
      fault.current = isEntryPut;
      await harness.emit([makeEvent({ eventId: 'never' })]);
      fault.current = () => false;
      expect(harness.messages('DeadLetters').map((body) => JSON.parse(body).detail.eventId)).toContain(
        'never',
      );
      expect(await harness.ids('')).toHaveLength(10);
    }, 180_000);

    it('fails with 503 and Retry-After', async () => {
      fault.current = (operation) => operation === 'Query' || operation === 'GetItem';
      for (const path of ['', '/export?format=csv', '/01KA0000000000000000000000']) {
        const { status, body, headers } = await harness.get(`/request-logs${path}`);
        expect([status, body.code]).toEqual([503, 'STORE_UNAVAILABLE']);
        expect(headers.get('retry-after')).toBe('2');
        expect(JSON.stringify(body)).not.toMatch(/injected|Provisioned/);
      }
      fault.current = () => false;
      expect((await harness.get('/request-logs')).status).toBe(200);
    });
  });
}
