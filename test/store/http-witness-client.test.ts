import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpWitnessClient } from '../../store/http-witness-client.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('httpWitnessClient', () => {
  it('posts the body to add-checkpoint, and returns status and body', async () => {
    const calls: string[] = [];
    const url = await serve(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      calls.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(409).end('12\n');
    });
    const answer = await httpWitnessClient.addCheckpoint(`${url}/w`, 'old 0\n\n—');
    expect(answer).toEqual({ status: 409, body: '12\n' });
    expect(calls).toEqual(['POST /w/add-checkpoint old 0\n\n—']);
  });

  it('follows no redirect', async () => {
    let calls = 0;
    const url = await serve((_, response) => {
      calls++;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await httpWitnessClient.addCheckpoint(url, '')).toMatchObject({ status: 307 });
    expect(calls).toBe(1);
  });

  it('stops reading an answer that is too long, even one without end', async () => {
    const url = await serve((_, response) => {
      const write = () => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', write);
      };
      write();
    });
    const answer = await httpWitnessClient.addCheckpoint(url, '');
    expect(answer).toEqual({ status: 'unreachable', reason: 'too long an answer' });
  });

  it('reports a host that does not answer', async () => {
    const answer = await httpWitnessClient.addCheckpoint('http://127.0.0.1:1', '');
    expect(answer).toEqual({ status: 'unreachable', reason: 'no connection' });
  });
});
