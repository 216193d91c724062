// Starts fauxqs, the emulator of SQS and S3, only on the loopback interface and with a private data folder,
// because the ingest queue contains unredacted events.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { Server as HttpServer } from 'node:http';
import { Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { localRegion } from '../shared/environment.ts';
import { LocalStackError } from '../shared/errors.ts';
import { rejectForeignHosts } from '../shared/local-host.ts';

/** How long the write-ahead log keeps the body of a deleted message. */
const truncateIntervalMillis = 2000;

/**
 * fauxqs has no authentication and always listens on all network interfaces. Therefore this redirects its
 * `listen` call to the loopback interface, adds a check of `Host`, and makes its database overwrite deleted
 * data. Fails with LocalStackError when fauxqs did not make these calls, rather than expose or keep messages.
 */
export async function startQueueServer(dataDir: string): Promise<FauxqsServer> {
  const path = join(dataDir, 'queues');
  makePrivate(path);
  const listen = Server.prototype.listen;
  const exec = DatabaseSync.prototype.exec;
  let redirected = 0;
  const databases: DatabaseSync[] = [];
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    const [options, ...rest] = args;
    if (typeof options === 'object' && options !== null && 'host' in options && options.host === '0.0.0.0') {
      redirected += 1;
      if (this instanceof HttpServer) rejectForeignHosts(this);
      return Reflect.apply(listen, this, [{ ...options, host: '127.0.0.1' }, ...rest]);
    }
    return Reflect.apply(listen, this, args);
  } as typeof listen;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    if (!databases.includes(this)) {
      databases.push(this);
      Reflect.apply(exec, this, ['PRAGMA secure_delete = ON']);
    }
    return Reflect.apply(exec, this, [sql]);
  };
  try {
    const server = await startFauxqs({ port: 0, logger: false, dataDir: path, defaultRegion: localRegion });
    const [database] = databases;
    if (redirected === 1 && databases.length === 1 && database !== undefined) {
      truncateLogRegularly(database);
      return server;
    }
    await server.stop();
    throw new LocalStackError('fauxqs did not start as expected and would expose or keep messages');
  } finally {
    Server.prototype.listen = listen;
    DatabaseSync.prototype.exec = exec;
  }
}

/**
 * Creates the folder and the database file with access only for the owner. SQLite uses the same mode for its
 * other files.
 */
function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const file = join(folder, 'fauxqs.db');
  closeSync(openSync(file, 'a', 0o600));
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) chmodSync(file + suffix, 0o600);
  }
}

/** Regularly moves the write-ahead log into the database, which overwrites deleted bodies, and truncates the log. */
function truncateLogRegularly(database: DatabaseSync): void {
  const timer = setInterval(() => {
    if (database.isOpen) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    else clearInterval(timer);
  }, truncateIntervalMillis);
  timer.unref();
}
