// Starts fauxqs, the emulator of SQS and S3, with a data folder and on the loopback interface only.
import { mkdirSync } from 'node:fs';
import { Server } from 'node:net';
import { join } from 'node:path';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { localRegion } from '../shared/environment.ts';
import { LocalStackError } from '../shared/errors.ts';

/**
 * fauxqs has no authentication and always listens on all network interfaces, so this redirects its `listen` call to the
 * loopback interface. Fails with LocalStackError when there was no such call, rather than expose the server.
 */
export async function startQueueServer(dataDir: string): Promise<FauxqsServer> {
  const path = join(dataDir, 'queues');
  mkdirSync(path, { recursive: true });
  const listen = Server.prototype.listen;
  let redirected = 0;
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    const [options, ...rest] = args;
    if (typeof options === 'object' && options !== null && 'host' in options && options.host === '0.0.0.0') {
      redirected += 1;
      return Reflect.apply(listen, this, [{ ...options, host: '127.0.0.1' }, ...rest]);
    }
    return Reflect.apply(listen, this, args);
  } as typeof listen;
  try {
    const server = await startFauxqs({ port: 0, logger: false, dataDir: path, defaultRegion: localRegion });
    if (redirected === 1) return server;
    await server.stop();
    throw new LocalStackError('fauxqs did not listen as expected and would be open to the network');
  } finally {
    Server.prototype.listen = listen;
  }
}
