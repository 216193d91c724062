// Starts dynalite on a data folder, and stops it in a way that keeps its files intact.
import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { localAccountId, localRegion } from '../shared/environment.ts';
import { LocalStackError } from '../shared/errors.ts';

export interface Dynalite {
  readonly endpoint: URL;
  /** Stops dynalite and waits until its files are closed. */
  stop(): Promise<void>;
}

const startedSchema = z.union([z.object({ port: z.number() }), z.object({ error: z.string() })]);

/** The dynalite of a killed stack closes its files within moments. */
const lockTimeoutMillis = 5_000;
const lockPauseMillis = 200;

/** Starts dynalite. `onExit` is called when it ends without a call of `stop`. */
export async function startDynalite(
  dataDir: string,
  onExit: (code: number | null) => void,
): Promise<Dynalite> {
  const deadline = Date.now() + lockTimeoutMillis;
  for (;;) {
    try {
      return await startOnce(dataDir, onExit);
    } catch (error) {
      if (!/is in use/.test(String(error)) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, lockPauseMillis));
    }
  }
}

function startOnce(dataDir: string, onExit: (code: number | null) => void): Promise<Dynalite> {
  const path = join(dataDir, 'dynamodb');
  mkdirSync(path, { recursive: true });
  const child = fork(join(import.meta.dirname, 'dynalite-process.ts'), [path], {
    env: { ...process.env, AWS_ACCOUNT_ID: localAccountId, AWS_REGION: localRegion },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString()}`.slice(-2000);
  });
  let running = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      if (running) onExit(code);
      resolve();
    });
  });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new LocalStackError(`dynalite does not start: ${errorsIn(complaint)}`)));
    child.once('message', (message) => {
      const started = startedSchema.parse(message);
      if ('error' in started) {
        reject(new LocalStackError(`dynalite does not start: ${started.error}`));
        return;
      }
      running = true;
      resolve({
        endpoint: new URL(`http://127.0.0.1:${started.port}`),
        stop: () => {
          running = false;
          if (child.connected) child.send('stop');
          return ended;
        },
      });
    });
  });
}

/** Returns the lines of a crash that contain errors. The cause explains more than the error. */
function errorsIn(text: string): string {
  const lines = text.split('\n').filter((line) => /\b\w*Error\b.*:/.test(line));
  return lines.map((line) => line.trim()).join(' ') || text.trim();
}
