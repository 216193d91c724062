// `npm start`: synthesizes, runs the stack, loads the demonstration, tells where everything is, ends on Ctrl-C.
import { join, relative } from 'node:path';
import { loadDemonstration, needsDemonstration } from './demo/load.ts';
import { requireFreePort } from './gateway/gateway.ts';
import { createProgressLine } from './progress-line.ts';
import { readSettings, type Settings, usage } from './settings.ts';
import { lockDataDir } from './shared/data-lock.ts';
import { gatewayAddress, localIssuerUrl } from './shared/environment.ts';
import { describeError, LocalStackError } from './shared/errors.ts';
import { type LocalStack, startLocalStack } from './stack/local-stack.ts';
import { synthesize } from './synthesize.ts';

const progress = createProgressLine(process.stdout);
const stopping = new AbortController();

function say(text: string): void {
  progress.end();
  console.log(text);
}

async function run(settings: Settings): Promise<LocalStack> {
  const { port, dataDir, dynamodbEndpoint, empty } = settings;
  // What would fail at the end is found out before the work.
  await requireFreePort(port);
  lockDataDir(dataDir)();
  say('Synthesizing the stack …');
  const assembly = await synthesize({
    outDir: join(dataDir, 'cdk.out'),
    issuer: localIssuerUrl(gatewayAddress(port)),
    signal: stopping.signal,
  });
  say('Starting it …');
  const stack = await startLocalStack({
    ...assembly,
    dataDir,
    port,
    dynamodbEndpoint,
    report: (line) => say(`! ${line}`),
    onStoreLost: () => void stop(1),
  });
  running = stack;
  if (!empty && !stopping.signal.aborted && (await needsDemonstration(stack))) {
    // Without it the stack is as good as with it, and needed to find out why.
    await demonstrate(stack).catch((error) => say(`! ${describeError(error)}`));
  }
  return stack;
}

async function demonstrate(stack: LocalStack): Promise<void> {
  say(
    'Loading a demonstration (npm start -- --empty loads none); it tells of the past, so its entries are marked late …',
  );
  const begun = Date.now();
  const show = ({ published, total, waiting }: { published: number; total: number; waiting: number }) =>
    progress.show(`  ${published - waiting} of ${total} events recorded`);
  const events = await loadDemonstration(stack, show, stopping.signal);
  if (stopping.signal.aborted) return;
  say(`Loaded ${events} events in ${((Date.now() - begun) / 1000).toFixed(1)} seconds.`);
}

function tellWhere(stack: LocalStack, dataDir: string): void {
  const { url, account, region, functions, notEmulated } = stack.status();
  say(`
  Dashboard     ${url}/
  API           ${url}/request-logs
  Tokens        ${url}/_local/token?persona=admin
  Status        ${url}/_local/status  (also the ${notEmulated.length} things that are accepted and not emulated, alarms among them)
  AWS endpoint  ${url}  (region ${region}, access key id ${account}, any secret)
  Data, logs    ${relative('', dataDir) || '.'}, logs of ${functions.length} functions in ${join(relative('', dataDir), 'logs')}

Request Logs ready: ${url}`);
}

let running: LocalStack | undefined;
let ending: Promise<void> | undefined;

/** Ends everything, once. */
function stop(exitCode: number): Promise<void> {
  if (ending !== undefined) return ending;
  stopping.abort();
  say('Stopping …');
  ending = (running?.stop() ?? Promise.resolve()).finally(() => process.exit(exitCode));
  return ending;
}

/**
 * npm hands a SIGTERM on to its shell only, which ends without its child: when the parent is gone, so is the one
 * who asked for the stack.
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
    if (!stopping.signal.aborted) tellWhere(stack, settings.dataDir);
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
