import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startQueueServer } from '../../../local/queues/fauxqs.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'request-logs-queues-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const folder = () => join(dataDir, 'queues');
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const filesWith = (text: string) =>
  readdirSync(folder()).filter((name) => readFileSync(join(folder(), name)).includes(text));

type Server = Awaited<ReturnType<typeof startQueueServer>>;

async function call(server: Server, operation: string, body: object, host = `127.0.0.1:${server.port}`) {
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const headers = {
      host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
    };
    const sent = request({ port: server.port, host: '127.0.0.1', method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, body: text }));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

describe('startQueueServer', () => {
  it('creates its files with access only for the owner, and restricts existing files', async () => {
    mkdirSync(folder(), { mode: 0o755 });
    writeFileSync(join(folder(), 'fauxqs.db'), '', { mode: 0o644 });
    const server = await startQueueServer(dataDir);
    server.createQueue('small');
    expect(modeOf(folder())).toBe('700');
    for (const name of readdirSync(folder())) expect(modeOf(join(folder(), name)), name).toBe('600');
    await server.stop();
  });

  it('keeps the body of a message until it is deleted, and no trace of it afterward', async () => {
    const marker = 'body-with-a-secret';
    const server = await startQueueServer(dataDir);
    server.createQueue('small');
    const url = server.inspectQueue('small')?.url;
    for (let number = 0; number < 20; number++) {
      server.sendMessage('small', `${marker}-${number} ${'x'.repeat(number * 2000)}`);
    }
    expect(filesWith(marker)).not.toEqual([]);
    for (let number = 0; number < 20; number++) {
      const { body } = await call(server, 'ReceiveMessage', { QueueUrl: url });
      const [message] = JSON.parse(body).Messages;
      await call(server, 'DeleteMessage', { QueueUrl: url, ReceiptHandle: message.ReceiptHandle });
    }
    await expect.poll(() => filesWith(marker), { timeout: 10_000 }).toEqual([]);
    await server.stop();
    expect(filesWith(marker)).toEqual([]);
  });

  it('rejects requests with a foreign host', async () => {
    const server = await startQueueServer(dataDir);
    expect(await call(server, 'ListQueues', {})).toMatchObject({ status: 200 });
    expect(await call(server, 'ListQueues', {}, `evil.example:${server.port}`)).toMatchObject({
      status: 403,
    });
    await server.stop();
  });
});
