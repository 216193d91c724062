// `npm start`: synthesizes and runs the stack, loads the demonstration data, prints the addresses, and stops on Ctrl-C.
import { join, relative } from 'node:path';
import { loadDemonstration, needsDemonstration } from './demo/load.ts';
import { requireFreePort } from './gateway/gateway.ts';
import { createProgressLine } from './progress-line.ts';
import { readSettings, type Settings, usage } from './settings.ts';
import { lockDataDir } from './shared/data-lock.ts';
import { requireDataVersion } from './shared/data-version.ts';
import { gatewayAddress, localIssuerUrl } from './shared/environment.ts';
import { describeError, LocalStackError } from './shared/errors.ts';
import { type LocalStack, startLocalStack } from './stack/local-stack.ts';
import { synthesize } from './synthesize.ts';

const progress = createProgressLine(process.stdout);
const stopping = new AbortController();

function printLine(text: string): void {
  progress.end();
  console.log(text);
}

async function run(settings: Settings): Promise<LocalStack> {
  const { port, dataDir, dynamodbEndpoint, empty } = settings;
  // Fails before the slow synthesis when the port or the data folder is in use, or the data is of another version.
  await requireFreePort(port);
  const unlock = lockDataDir(dataDir);
  try {
    requireDataVersion(dataDir);
  } finally {
    unlock();
  }
  printLine('Synthesizing the stack …');
  const assembly = await synthesize({
    outDir: join(dataDir, 'cdk.out'),
    issuer: localIssuerUrl(gatewayAddress(port)),
    signal: stopping.signal,
  });
  printLine('Starting the stack …');
  const stack = await startLocalStack({
    ...assembly,
    dataDir,
    port,
    dynamodbEndpoint,
    report: (line) => printLine(`! ${line}`),
    onStoreLost: () => void stop(1),
  });
  running = stack;
  if (!empty && !stopping.signal.aborted && (await needsDemonstration(stack))) {
    // The stack works without the data, and is needed to find out why loading failed.
    await demonstrate(stack).catch((error) => printLine(`! ${describeError(error)}`));
  }
  return stack;
}

async function demonstrate(stack: LocalStack): Promise<void> {
  printLine('Loading demonstration data of the past 30 days (npm start -- --empty skips it) …');
  const startedAt = Date.now();
  const show = ({ published, total, waiting }: { published: number; total: number; waiting: number }) =>
    progress.show(`  ${published - waiting} of ${total} events recorded`);
  const events = await loadDemonstration(stack, show, stopping.signal);
  if (stopping.signal.aborted) return;
  printLine(`Loaded ${events} events in ${((Date.now() - startedAt) / 1000).toFixed(1)} seconds.`);
}

function printAddresses(stack: LocalStack, dataDir: string): void {
  const { url, account, region, functions, notEmulated } = stack.status();
  printLine(`
  Dashboard     ${url}/
  API           ${url}/request-logs
  Tokens        ${url}/_local/token?persona=admin
  Status        ${url}/_local/status  (also lists ${notEmulated.length} features that are not emulated, such as alarms)
  AWS endpoint  ${url}  (region ${region}, access key id ${account}, any secret)
  Data, logs    ${relative('', dataDir) || '.'}, logs of ${functions.length} functions in ${join(relative('', dataDir), 'logs')}

Request Logs ready: ${url}`);
}

let running: LocalStack | undefined;
let ending: Promise<void> | undefined;

/** Stops the stack and ends the process. Repeated calls have no effect. */
function stop(exitCode: number): Promise<void> {
  if (ending !== undefined) return ending;
  stopping.abort();
  printLine('Stopping …');
  ending = (running?.stop() ?? Promise.resolve()).finally(() => process.exit(exitCode));
  return ending;
}

/**
 * Stops when the parent process ends: npm sends SIGTERM only to its shell, which then ends without ending this process.
 */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void stop(0);
  }, 500).unref();
}

if (process.env.npm_lifecycle_event !== undefined) endWithParent();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

try {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings.help) console.log(usage);
  else {
    const stack = await run(settings);
    if (!stopping.signal.aborted) printAddresses(stack, settings.dataDir);
  }
} catch (error) {
  if (stopping.signal.aborted) await ending;
  progress.end();
  console.error(
    error instanceof LocalStackError ? error.message : ((error as Error).stack ?? describeError(error)),
  );
  await running?.stop();
  process.exit(1);
}
