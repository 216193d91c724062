// Manages one process of a function: starts it, runs one invocation at a time, and stops it.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { LambdaFunction } from './function.ts';
import type { LogFile } from './log-file.ts';
import { type FunctionFailure, type HostMessage, hostMessageSchema, type Invocation } from './messages.ts';
import { makeTraceHeader } from './trace-daemon.ts';

/** `requestId` is set when the function was invoked. */
export type InvocationResult = { readonly requestId?: string } & (
  | { readonly payload: string; readonly failure?: undefined }
  | { readonly failure: FunctionFailure }
);

/** Lambda's limit for the response of a function: 6 MB. */
const maxResponseBytes = 6 * 1024 * 1024;

/** Maximum initialization time, as in Lambda. */
const loadTimeoutMillis = 10_000;

export interface Worker {
  /** False when the process has ended or is ending. */
  readonly usable: boolean;
  /** Invokes the handler. Never rejects. A timeout or a crash ends the process. */
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
      const reply = nextMessage(
        child,
        (message) => 'requestId' in message && message.requestId === invocation.requestId,
        lambda.timeoutMillis,
      );
      child.send(invocation, (error) => {
        if (error) kill();
      });
      const result = readReply(await reply, lambda, invocation.requestId);
      // The handler's output was written before its response, but over another pipe. Read it first.
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

type Reply = HostMessage | 'timeout' | 'exit';

function nextMessage(
  child: ChildProcess,
  wanted: (message: HostMessage) => boolean,
  timeoutMillis: number,
): Promise<Reply> {
  return new Promise((resolve) => {
    const settle = (reply: Reply) => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.off('error', onExit);
      resolve(reply);
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

function readReply(reply: Reply, lambda: LambdaFunction, requestId: string): InvocationResult {
  if (reply === 'timeout') {
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(lambda.timeoutMillis / 1000).toFixed(2)} seconds`;
    return { failure: { errorType: 'Sandbox.Timedout', errorMessage } };
  }
  if (reply === 'exit') {
    const errorMessage = `RequestId: ${requestId} Error: Runtime exited without providing a reason`;
    return { failure: { errorType: 'Runtime.ExitError', errorMessage } };
  }
  if ('failure' in reply) return { failure: reply.failure };
  if (!('result' in reply)) throw new Error('unexpected message from a function process');
  if (Buffer.byteLength(reply.result) > maxResponseBytes) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
    return { failure: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
  }
  return { payload: reply.result };
}

/** Windows requires SystemRoot to open sockets. Other systems pass no variables of this machine to a function. */
function windowsEnvironment(): Record<string, string> {
  return process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot ?? '' } : {};
}
