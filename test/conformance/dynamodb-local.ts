// DynamoDB Local for the whole run: AWS's own engine, with real consumed capacity.
import { spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { TestProject } from 'vitest/node';
import { clientFor } from '../support/dynamodb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamodbEndpoint: string;
  }
}

const startSeconds = 30;

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const libraries = process.env.DYNAMODB_LOCAL_LIBRARIES ?? '';
  const port = await findFreePort();
  const main = 'software.amazon.dynamodb.services.local.main.ServerRunner';
  const child = spawn(
    'java',
    [
      `-Djava.library.path=${libraries}`,
      '-cp',
      join(libraries, '*'),
      main,
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = `http://127.0.0.1:${port}`;
  const client = clientFor(endpoint);
  for (let second = 0; ; second++) {
    try {
      await client.send(new ListTablesCommand({}));
      break;
    } catch (cause) {
      if (second === startSeconds || child.exitCode !== null)
        throw new Error('DynamoDB Local does not start', { cause });
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  project.provide('dynamodbEndpoint', endpoint);
  return async () => {
    client.destroy();
    child.kill();
    await exited;
  };
}
