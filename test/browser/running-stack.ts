// `npm start` as a process, and what a test does with it from outside: emit as a service would, ask as a program would.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { createEmitter, type ServiceEvent } from '../../emitter/index.ts';
import { localAccountId, localRegion } from '../../local/shared/environment.ts';
import { findFreePort } from '../../local/shared/free-port.ts';

const root = join(import.meta.dirname, '..', '..');

/** Synthesis with the dashboard's build takes most of it. */
const startMillis = 240_000;
const drainMillis = 240_000;
const answerMillis = 120_000;

export interface StartedStack {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts `npm start -- --empty` on a port and data of its own. `E2E_URL` names one that runs already, for working on
 * the page; it is left running.
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

/** The address that it prints when it can be asked. */
function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`npm start ${why}:\n${output}`));
    const timer = setTimeout(() => fail('is not ready'), startMillis);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /Request Logs ready: (\S+)/.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => fail('ended'));
    child.once('error', reject);
  });
}

/** Ends npm, by which the stack ends; resolves when its output does. */
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

/** Waits until everything emitted is recorded or rejected. */
async function drain(url: string): Promise<void> {
  const giveUpAt = Date.now() + drainMillis;
  for (;;) {
    const { queues } = statusSchema.parse(await (await fetch(`${url}/_local/status`)).json());
    const ingest = queues.filter(({ logicalId }) => logicalId.includes('QueuesIngest'));
    if (ingest.length === 0) throw new Error(`no ingest queue among ${queues.map((one) => one.logicalId)}`);
    if (ingest.every(({ ready, inFlight, delayed }) => ready + inFlight + delayed === 0)) return;
    if (Date.now() > giveUpAt) throw new Error('the ingest queue is not worked off');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Publishes events as a MayaOps service would. Fails when one is not published. */
export async function publish(url: string, events: readonly object[]): Promise<void> {
  const emitter = createEmitter({
    eventBusName: 'request-logs-local',
    clientConfig: {
      endpoint: url,
      region: localRegion,
      credentials: { accessKeyId: localAccountId, secretAccessKey: 'local' },
    },
  });
  // The emitter checks each event; its types ask for more than a made-up list can say.
  const fates = await emitter.emit(events as readonly unknown[] as readonly ServiceEvent[]);
  const failed = fates.find((fate) => fate.status === 'failed');
  if (failed?.status === 'failed') throw new Error(`not published: ${failed.code}: ${failed.message}`);
}

/** Publishes events and waits until they are recorded. */
export async function emit(url: string, events: readonly object[]): Promise<void> {
  await publish(url, events);
  await drain(url);
}

/** Runs `npm run emit` on event files, whatever becomes of each, and waits until they are worked off. */
export async function emitFiles(url: string, files: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'ops', 'emit', 'emit-files.ts'), '--raw', ...files], {
    env: { ...process.env, EVENTBRIDGE_ENDPOINT: url },
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`npm run emit ended with ${code}`);
  await drain(url);
}

/** Asks the API as a persona; `path` with its query. */
export async function ask(url: string, path: string, persona: string): Promise<Response> {
  const answer = await fetch(`${url}/_local/token?persona=${persona}`);
  const { token } = z.object({ token: z.string() }).parse(await answer.json());
  return fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
}

/** Waits until the API answers a search: the functions of a stack that has just started may be slow to load. */
export async function waitForAnswers(url: string): Promise<void> {
  const giveUpAt = Date.now() + answerMillis;
  for (;;) {
    const { status } = await ask(url, '/request-logs?limit=1', 'auditor');
    if (status === 200) return;
    if (Date.now() > giveUpAt) throw new Error(`the API answers a search with ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
