// The processes of one function. Starts them on demand, reuses them, and replaces them after a crash. Each process runs
// one invocation at a time, as in Lambda.
import type { LambdaFunction } from './function.ts';
import { openLog } from './log-file.ts';
import { type InvocationResult, startWorker, type Worker } from './worker.ts';

export interface FunctionPool {
  readonly lambda: LambdaFunction;
  /** Invokes the function with an event, JSON. Waits while all processes are busy. Never rejects. */
  invoke(event: string): Promise<InvocationResult>;
  /** Starts a process before the first invocation. */
  warm(): void;
  /** Waits at most `graceMillis` for running invocations, then ends the processes. */
  stop(graceMillis: number): Promise<void>;
}

export interface PoolOptions {
  readonly dataDir: string;
  /** Maximum number of processes; reserved concurrency in the template can set a lower one. */
  readonly maxProcesses: number;
  /** Called with one line when an invocation fails or the function logs an error. */
  readonly report: (line: string) => void;
}

export function createPool(lambda: LambdaFunction, options: PoolOptions): FunctionPool {
  const log = openLog(options.dataDir, lambda.name);
  const limit = Math.min(options.maxProcesses, lambda.reservedConcurrency ?? options.maxProcesses);
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  const running = new Set<Promise<InvocationResult>>();
  const waiting: (() => void)[] = [];
  let stopped = false;

  const start = () =>
    startWorker(lambda, log, (line) => {
      const message = errorIn(line);
      if (message !== undefined) options.report(`${lambda.logicalId}: ${message}`);
    });

  /** Resolves to an idle or new process, marked as busy. */
  async function takeWorker(): Promise<Worker> {
    for (;;) {
      let worker = idle.pop();
      while (worker !== undefined && !worker.usable) worker = idle.pop();
      if (worker === undefined && busy.size < limit) worker = start();
      if (worker !== undefined) {
        busy.add(worker);
        return worker;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  async function run(event: string): Promise<InvocationResult> {
    if (stopped)
      return { failure: { errorType: 'Local.Stopped', errorMessage: 'the local stack is stopping' } };
    const worker = await takeWorker();
    const result = await worker.invoke(event);
    busy.delete(worker);
    if (worker.usable) idle.push(worker);
    waiting.shift()?.();
    if (result.failure !== undefined) {
      const { errorType, errorMessage } = result.failure;
      log.write(JSON.stringify({ level: 'ERROR', invocation: 'failed', errorType, errorMessage }));
      options.report(`${lambda.logicalId} failed: ${errorType}: ${errorMessage}`);
    }
    return result;
  }

  return {
    lambda,
    invoke(event) {
      const invocation = run(event);
      running.add(invocation);
      void invocation.finally(() => running.delete(invocation));
      return invocation;
    },
    warm() {
      if (idle.length + busy.size < limit) idle.push(start());
    },
    async stop(graceMillis) {
      stopped = true;
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMillis);
      });
      await Promise.race([Promise.allSettled(running), grace]);
      clearTimeout(timer);
      await Promise.all([...idle, ...busy].map((worker) => worker.stop()));
      log.close();
    },
  };
}

/** The message of a structured log line at level ERROR or above. */
function errorIn(line: string): string | undefined {
  if (!line.includes('"ERROR"') && !line.includes('"CRITICAL"')) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('level' in entry)) return undefined;
    if (entry.level !== 'ERROR' && entry.level !== 'CRITICAL') return undefined;
    const message = 'message' in entry ? entry.message : undefined;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
