// DynamoDB Local: AWS's own engine, with real consumed capacity. Fetched with Maven into .cache/, run with Java 17 or
// later, in memory.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { clientFor } from './dynamodb.ts';

const root = join(import.meta.dirname, '..', '..');
const libraries = join(root, '.cache', 'dynamodb-local');
const startSeconds = 30;

export interface DynamoDbLocal {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Fetches it unless it is there. Fails when Maven does. */
export function fetchDynamoDbLocal(): void {
  if (existsSync(libraries)) return;
  // A folder half filled by a run that was ended must not pass for the whole.
  const fetched = `${libraries}.${process.pid}`;
  const pom = join(root, 'test', 'conformance', 'pom.xml');
  const { status, error } = spawnSync(
    'mvn',
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${fetched}`],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('Maven cannot fetch DynamoDB Local', { cause: error });
  renameSync(fetched, libraries);
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts it on a free port and waits until it answers. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const port = await findFreePort();
  const child = spawn(
    'java',
    [
      `-Djava.library.path=${libraries}`,
      '-cp',
      join(libraries, '*'),
      'software.amazon.dynamodb.services.local.main.ServerRunner',
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: 'ignore' },
  );
  // Java outlives a parent that ends without stopping it.
  const kill = () => child.kill();
  process.once('exit', kill);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = `http://127.0.0.1:${port}`;
  const client = clientFor(endpoint);
  for (let second = 0; ; second++) {
    try {
      await client.send(new ListTablesCommand({}));
      break;
    } catch (cause) {
      if (second === startSeconds || child.exitCode !== null) {
        throw new Error('DynamoDB Local does not start', { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  client.destroy();
  return {
    endpoint,
    stop: async () => {
      process.off('exit', kill);
      child.kill();
      await exited;
    },
  };
}
