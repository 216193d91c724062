// One process of a function: starts it, runs one invocation at a time in it, ends it.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { LambdaFunction } from './function.ts';
import type { LogFile } from './log-file.ts';
import { type FunctionFailure, type HostMessage, hostMessageSchema, type Invocation } from './messages.ts';
import { makeTraceHeader } from './trace-daemon.ts';

/** `requestId` is there once the function was asked. */
export type InvocationResult = { readonly requestId?: string } & (
  | { readonly payload: string; readonly failure?: undefined }
  | { readonly failure: FunctionFailure }
);

/** What Lambda takes back from a function at most: 6 MB. */
const maxResponseBytes = 6 * 1024 * 1024;

/** How long a process may take to load its code; Lambda gives it ten seconds too. */
const loadTimeoutMillis = 10_000;

export interface Worker {
  /** False once the process is gone or going. */
  readonly usable: boolean;
  /** Runs the handler; never rejects. A timeout or a crash ends the process. */
  invoke(event: string): Promise<InvocationResult>;
  stop(): Promise<void>;
}

/** Starts a process with exactly the function's environment. */
export function startWorker(lambda: LambdaFunction, log: LogFile, onLine: (line: string) => void): Worker {
  const child = fork(join(import.meta.dirname, 'host.ts'), [], {
    env: { ...lambda.environment, ...windowsEnvironment() },
    execArgv: [`--max-old-space-size=${lambda.memoryMebibytes}`, '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (child.stdout) log.capture(child.stdout, onLine);
  if (child.stderr) log.capture(child.stderr, onLine);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const loaded = nextMessage(child, () => true, loadTimeoutMillis);
  let usable = true;
  void ended.then(() => {
    usable = false;
  });

  function kill(): void {
    usable = false;
    child.kill('SIGKILL');
  }

  return {
    get usable() {
      return usable;
    },
    async invoke(event) {
      const start = await loaded;
      if (typeof start === 'string') {
        kill();
        const [errorType, errorMessage] =
          start === 'timeout'
            ? [
                'Runtime.InitTimeout',
                `${lambda.name} did not load within ${loadTimeoutMillis / 1000} seconds`,
              ]
            : ['Runtime.ExitError', `${lambda.name} ended before its handler was loaded`];
        return { failure: { errorType, errorMessage } };
      }
      if ('failedToLoad' in start) {
        kill();
        return { failure: start.failedToLoad };
      }
      const invocation: Invocation = {
        requestId: randomUUID(),
        functionArn: lambda.arn,
        deadlineMillis: Date.now() + lambda.timeoutMillis,
        traceHeader: makeTraceHeader(lambda.traced),
        event,
      };
      const answer = nextMessage(
        child,
        (message) => 'requestId' in message && message.requestId === invocation.requestId,
        lambda.timeoutMillis,
      );
      child.send(invocation, (error) => {
        if (error) kill();
      });
      const result = readAnswer(await answer, lambda, invocation.requestId);
      // What the handler printed came before its answer, by another way: let it be read first.
      await setImmediate();
      await setImmediate();
      if (result.failure && /^(Sandbox|Runtime)\./.test(result.failure.errorType)) kill();
      return { requestId: invocation.requestId, ...result };
    },
    async stop() {
      usable = false;
      if (child.connected) child.disconnect();
      const force = setTimeout(() => child.kill('SIGKILL'), 2_000);
      await ended;
      clearTimeout(force);
    },
  };
}

type Answer = HostMessage | 'timeout' | 'exit';

function nextMessage(
  child: ChildProcess,
  wanted: (message: HostMessage) => boolean,
  timeoutMillis: number,
): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.off('error', onExit);
      resolve(answer);
    };
    const onMessage = (value: unknown) => {
      const message = hostMessageSchema.parse(value);
      if (wanted(message)) settle(message);
    };
    const onExit = () => settle('exit');
    const timer = setTimeout(() => settle('timeout'), timeoutMillis);
    child.on('message', onMessage);
    child.once('exit', onExit);
    child.once('error', onExit);
  });
}

function readAnswer(answer: Answer, lambda: LambdaFunction, requestId: string): InvocationResult {
  if (answer === 'timeout') {
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(lambda.timeoutMillis / 1000).toFixed(2)} seconds`;
    return { failure: { errorType: 'Sandbox.Timedout', errorMessage } };
  }
  if (answer === 'exit') {
    const errorMessage = `RequestId: ${requestId} Error: Runtime exited without providing a reason`;
    return { failure: { errorType: 'Runtime.ExitError', errorMessage } };
  }
  if ('failure' in answer) return { failure: answer.failure };
  if (!('result' in answer)) throw new Error('a function process answered out of turn');
  if (Buffer.byteLength(answer.result) > maxResponseBytes) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
    return { failure: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
  }
  return { payload: answer.result };
}

/** Windows opens no socket without it; elsewhere a function gets nothing from this machine's environment. */
function windowsEnvironment(): Record<string, string> {
  return process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot ?? '' } : {};
}
