// Runs `npm start` as a child process. Emits events to it as a service does, and queries its API.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { createEmitter, type ServiceEvent } from '../../emitter/index.ts';
import { localAccountId, localRegion } from '../../local/shared/environment.ts';
import { findFreePort } from '../../local/shared/free-port.ts';

const root = join(import.meta.dirname, '..', '..');

/** Most of this time is synthesis, including the dashboard build. */
const startMillis = 240_000;
const drainMillis = 240_000;
const answerMillis = 120_000;

export interface StartedStack {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts `npm start -- --empty` on a free port with a temporary data directory. During development, set `E2E_URL` to use
 * a running stack, which is not stopped.
 */
export async function startStack(): Promise<StartedStack> {
  const { E2E_URL } = process.env;
  if (E2E_URL) return { url: E2E_URL, stop: async () => {} };
  const port = await findFreePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-browser-'));
  const child = spawn('npm', ['start', '--', '--empty'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    await end(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { url: await readUrl(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for the URL that `npm start` prints when it is ready. */
function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`npm start ${why}:\n${output}`));
    const timer = setTimeout(() => fail('did not become ready'), startMillis);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /Request Logs ready: (\S+)/.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => fail('exited'));
    child.once('error', reject);
  });
}

/** Stops npm, which stops the stack. Resolves when its output ends. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}

const statusSchema = z.object({
  queues: z.array(
    z.object({ logicalId: z.string(), ready: z.number(), inFlight: z.number(), delayed: z.number() }),
  ),
});

/** Waits until all emitted events are recorded or rejected. */
async function drain(url: string): Promise<void> {
  const giveUpAt = Date.now() + drainMillis;
  for (;;) {
    const { queues } = statusSchema.parse(await (await fetch(`${url}/_local/status`)).json());
    const ingest = queues.filter(({ logicalId }) => logicalId.includes('QueuesIngest'));
    if (ingest.length === 0) throw new Error(`no ingest queue among ${queues.map((one) => one.logicalId)}`);
    if (ingest.every(({ ready, inFlight, delayed }) => ready + inFlight + delayed === 0)) return;
    if (Date.now() > giveUpAt) throw new Error('the ingest queue did not drain');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Publishes events as a MayaOps service does. Rejects if one is not published. */
export async function publish(url: string, events: readonly object[]): Promise<void> {
  const emitter = createEmitter({
    eventBusName: 'request-logs-local',
    clientConfig: {
      endpoint: url,
      region: localRegion,
      credentials: { accessKeyId: localAccountId, secretAccessKey: 'local' },
    },
  });
  // The emitter validates each event. The type assertion only satisfies the compiler.
  const results = await emitter.emit(events as readonly unknown[] as readonly ServiceEvent[]);
  const failed = results.find((result) => result.status === 'failed');
  if (failed?.status === 'failed') throw new Error(`not published: ${failed.code}: ${failed.message}`);
}

/** Publishes events and waits until they are recorded. */
export async function emit(url: string, events: readonly object[]): Promise<void> {
  await publish(url, events);
  await drain(url);
}

/** Runs `npm run emit` on event files, and waits until each is recorded or rejected. */
export async function emitFiles(url: string, files: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'ops', 'emit', 'emit-files.ts'), '--raw', ...files], {
    env: { ...process.env, EVENTBRIDGE_ENDPOINT: url },
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`npm run emit ended with ${code}`);
  await drain(url);
}

/** Sends a GET request to the API as a persona. `path` includes the query string. */
export async function ask(url: string, path: string, persona: string): Promise<Response> {
  const answer = await fetch(`${url}/_local/token?persona=${persona}`);
  const { token } = z.object({ token: z.string() }).parse(await answer.json());
  return fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
}

/** Waits until the API responds to a search. The functions of a stack that has just started can be slow to load. */
export async function waitForAnswers(url: string): Promise<void> {
  const giveUpAt = Date.now() + answerMillis;
  for (;;) {
    const { status } = await ask(url, '/request-logs?limit=1', 'auditor');
    if (status === 200) return;
    if (Date.now() > giveUpAt) throw new Error(`the API responds to a search with status ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
