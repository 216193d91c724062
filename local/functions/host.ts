// Runs in the process of a function: loads the bundle, calls the handler with a Lambda context, and returns the result.
// The process has the environment that Lambda would set, and nothing else from the stack.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FunctionFailure, type HostMessage, type Invocation, invocationSchema } from './messages.ts';

type Handler = (event: unknown, context: unknown) => unknown;

/** Ignores errors, because the stack may have stopped. */
const send = (message: HostMessage) => process.send?.(message, undefined, undefined, () => {});

// Ctrl-C reaches all processes. The parent stops this one when its invocation has ended.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));

try {
  const handler = await loadHandler(process.env.LAMBDA_TASK_ROOT ?? '', process.env._HANDLER ?? '');
  process.on('message', async (message) => {
    const invocation = invocationSchema.parse(message);
    send(await run(handler, invocation));
  });
  send({ ready: true });
} catch (error) {
  send({ failedToLoad: describeFailure(error, 'Runtime.ImportModuleError') });
}

/** Loads a handler by its name `<file>.<export>`, from a file with one of the extensions that Lambda supports. */
async function loadHandler(root: string, name: string): Promise<Handler> {
  const dot = name.lastIndexOf('.');
  const [file, exported] = [name.slice(0, dot), name.slice(dot + 1)];
  const path = ['.js', '.mjs', '.cjs']
    .map((end) => join(root, `${file}${end}`))
    .find((one) => existsSync(one));
  if (path === undefined) throw new Error(`Cannot find module '${file}'`);
  const module: Record<string, unknown> = await import(pathToFileURL(path).href);
  const fallback = module.default as Record<string, unknown> | undefined;
  const handler = module[exported] ?? fallback?.[exported];
  if (typeof handler === 'function') return handler as Handler;
  throw new Error(`${name} is undefined or not exported`);
}

async function run(handler: Handler, invocation: Invocation): Promise<HostMessage> {
  const { requestId } = invocation;
  process.env._X_AMZN_TRACE_ID = invocation.traceHeader;
  try {
    const value = await handler(JSON.parse(invocation.event), lambdaContext(invocation));
    return { requestId, result: JSON.stringify(value) ?? 'null' };
  } catch (error) {
    const failure = describeFailure(error, 'Error');
    // Lambda's runtime writes the error to the log too.
    console.error(JSON.stringify({ level: 'ERROR', requestId, ...failure }));
    return { requestId, failure };
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function lambdaContext({ requestId, functionArn, deadlineMillis }: Invocation) {
  return {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMillis - Date.now()),
  };
}

function describeFailure(error: unknown, type: string): FunctionFailure {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return {
    errorType: type === 'Error' ? error.name : type,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n').slice(1) ?? [],
  };
}
