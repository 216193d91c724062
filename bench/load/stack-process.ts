// Starts the local stack in a separate process, as `npm start` does, so that its memory can be measured.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod/mini';

const start = join(import.meta.dirname, '..', '..', 'local', 'start.ts');

const statusSchema = z.object({
  account: z.string(),
  region: z.string(),
  eventBuses: z.array(z.string()),
  tables: z.array(z.string()),
  queues: z.array(
    z.object({ logicalId: z.string(), ready: z.number(), inFlight: z.number(), delayed: z.number() }),
  ),
});

export type StackStatus = z.infer<typeof statusSchema>;

/** The number of output lines to show if the stack exits during startup. */
const keptLines = 20;

/** A running local stack. */
export class StackProcess {
  readonly url: string;
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    this.pid = child.pid ?? 0;
  }

  /** Starts an empty stack and resolves when it is ready. Fails with its last output lines if it exits before. */
  static async start(options: {
    readonly port: number;
    readonly dataDir: string;
    readonly dynamodbEndpoint: string | undefined;
    readonly onLine: (line: string) => void;
  }): Promise<StackProcess> {
    const { port, dataDir, dynamodbEndpoint, onLine } = options;
    const child = spawn(process.execPath, [start, '--empty'], {
      env: {
        ...process.env,
        PORT: String(port),
        DATA_DIR: dataDir,
        ...(dynamodbEndpoint !== undefined && { DYNAMODB_ENDPOINT: dynamodbEndpoint }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    const ready = new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          for (const line of text.split('\n').filter((one) => one !== '')) {
            lines.splice(0, lines.length - keptLines, line);
            if (line.startsWith('! ')) onLine(line);
            if (line.startsWith('Request Logs ready')) resolve();
          }
        });
      }
      child.once('exit', () => reject(new Error(`the local stack did not start:\n${lines.join('\n')}`)));
    });
    await ready;
    return new StackProcess(child, `http://localhost:${port}`);
  }

  async status(): Promise<StackStatus> {
    const answer = await fetch(`${this.url}/_local/status`);
    return statusSchema.parse(await answer.json());
  }

  async token(persona: string): Promise<string> {
    const answer = await fetch(`${this.url}/_local/token?persona=${persona}`);
    return z.object({ token: z.string() }).parse(await answer.json()).token;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
  }
}

/** Returns the number of messages in any state in the queue whose logical ID contains the name. */
export function depthOf({ queues }: StackStatus, name: string): number {
  const queue = queues.find(({ logicalId }) => logicalId.includes(`Queues${name}`));
  if (queue === undefined) throw new Error(`there is no queue ${name}`);
  return queue.ready + queue.inFlight + queue.delayed;
}
