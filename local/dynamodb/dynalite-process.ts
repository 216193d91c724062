// The child process that runs dynalite. It closes its files when it is told to and when its parent ends, because
// a killed dynalite can leave an index entry without its item. It ignores Ctrl-C: the parent stops it last,
// after the functions.
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { lockDataDir } from '../shared/data-lock.ts';
import { rejectForeignHosts } from '../shared/local-host.ts';

interface DynaliteOptions {
  readonly path: string;
  readonly createTableMs: number;
  readonly deleteTableMs: number;
  readonly updateTableMs: number;
}

const dynalite = createRequire(import.meta.url)('dynalite') as (options: DynaliteOptions) => Server;

/** Ignores errors, because the parent may have ended. */
const send = (message: object) => process.send?.(message, undefined, undefined, () => {});

const path = process.argv[2] ?? '';
const unlock = lock(path);
const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

rejectForeignHosts(server);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address() as AddressInfo;
  await openFiles(port);
  send({ port });
});
server.on('error', (error) => send({ error: error.message }));

/** Waits for the dynalite of a killed stack, which keeps the folder until its files are closed. */
function lock(folder: string): () => void {
  try {
    return lockDataDir(folder);
  } catch (error) {
    send({ error: (error as Error).message });
    process.exit(1);
  }
}

/** Makes a first call, which opens the files, so that damaged files are reported at the start. */
async function openFiles(port: number): Promise<void> {
  await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=local/1/1/1/1, SignedHeaders=host, Signature=0',
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20260101T000000Z',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
    },
    body: '{}',
  });
}

let closing = false;
function close(): void {
  if (closing) return;
  closing = true;
  server.close(() => {
    unlock();
    process.exit(0);
  });
  server.closeAllConnections();
}

process.on('SIGINT', () => {});
process.on('SIGTERM', close);
process.on('message', close);
process.on('disconnect', close);
