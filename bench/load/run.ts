// `npm run bench:load` runs the synthesized stack with the emitter at full speed and mixed queries, prints a table and
// writes bench/load/results.json. For the method, see bench/README.md. Exits with 1 if an event was lost, duplicated or
// rejected, or if memory grew.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDynalite } from '../../local/dynamodb/dynalite.ts';
import { findFreePort } from '../../local/shared/free-port.ts';
import { startDynoxide } from '../../test/support/dynoxide.ts';
import { type BareRates, measureBareRates } from './bare-rates.ts';
import { EmitLoad } from './emit-load.ts';
import { findGrowing, type MemorySample, sampleMemory, summarizeMemory } from './memory.ts';
import { makeRequests, runQueries } from './query-load.ts';
import { type LoadResults, toTable } from './report.ts';
import { depthOf, StackProcess } from './stack-process.ts';
import { isExact, verify } from './verify.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    engine: { type: 'string', default: 'dynoxide' },
    connections: { type: 'string', default: '8' },
    port: { type: 'string' },
  },
});
const { engine } = values;
const [minutes, connections] = [Number(values.minutes), Number(values.connections)];
const isEngine = engine === 'dynoxide' || engine === 'dynalite';
if (
  !(minutes >= 0.5 && minutes <= 600 && Number.isSafeInteger(connections) && connections >= 1 && isEngine)
) {
  console.error(
    'Usage: npm run bench:load -- [--minutes N] [--engine dynoxide|dynalite] [--connections N] [--port N]; ' +
      'N is 0.5 to 600 minutes, and at least one connection',
  );
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error('bench:load requires Linux, because it samples memory from /proc');
  process.exit(2);
}

/** The number of events recorded before the measurement, so that queries return entries and processes are warm. */
const seedCount = 1_000;

/** The number of parallel puts: enough to keep the engine busy. */
const parallelPuts = 30;

const bareSeconds = 10;

/**
 * The warm-up reads single entries at full speed, for a share of the run and a maximum time. A heap reaches its size
 * after about ten thousand requests. With the emitter running, a function with few requests would take hours to get
 * there.
 */
const warmUp = { share: 0.2, maxSeconds: 120 } as const;

/** The start of the run that memory figures exclude, as a share of the run and a maximum time. */
const excludedStart = { share: 0.2, maxMillis: 60_000 } as const;

const say = (text: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-load-'));
const stops: (() => Promise<void>)[] = [async () => rmSync(dataDir, { recursive: true, force: true })];

/** Stops everything that was started, in reverse order. Safe to repeat. */
async function stopAll(): Promise<void> {
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
}

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void stopAll().finally(() => process.exit(130)));
}
try {
  process.exitCode = await run();
} finally {
  await stopAll();
}

async function run(): Promise<number> {
  say(`starting ${engine}`);
  const dynamodbEndpoint = engine === 'dynalite' ? undefined : await startEngine();
  say('measuring the bare rates of the engine');
  const before = await measureBare(dynamodbEndpoint);
  say('starting the stack');
  const stack = await StackProcess.start({
    port: values.port === undefined ? await findFreePort() : Number(values.port),
    dataDir: join(dataDir, 'stack'),
    dynamodbEndpoint,
    onLine: say,
  });
  stops.push(() => stack.stop());
  const emit = await EmitLoad.create(stack);
  const events = await emit.emitSome(seedCount);
  await emit.drain();
  const requests = await makeRequests(stack, events.slice(0, 300), emit.entryIds);
  say('warming up');
  await runQueries({
    ...{ url: stack.url, connections },
    seconds: Math.min(warmUp.maxSeconds, warmUp.share * minutes * 60),
    requests: requests.filter(({ path }) => !path.includes('?')),
  });
  say(`running the load for ${minutes} minutes`);
  const load = await runLoad(stack, emit, requests);
  say(`draining ${emit.backlog} events`);
  await emit.drain();
  say('comparing entries and events');
  const verification = await verify(stack, emit.entryIds);
  await stack.stop();
  say('measuring the bare rates of the engine again');
  const after = await measureBare(dynamodbEndpoint);
  const results: LoadResults = {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cpus: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    ...{ engine, minutes, connections },
    ...load,
    emitFailures: emit.failures,
    bare: { before, after },
    verification,
  };
  writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  console.log(toTable(results));
  const growing = findGrowing(results.memory, minutes);
  if (growing.length > 0) say(`FAILED: memory grew in ${growing.join(', ')}`);
  if (!isExact(verification)) say('FAILED: published events and entries do not match');
  return isExact(verification) && growing.length === 0 ? 0 : 1;
}

async function startEngine(): Promise<string> {
  const dynoxide = await startDynoxide();
  stops.push(dynoxide.stop);
  return dynoxide.endpoint;
}

/** Measures in separate tables. Starts a separate dynalite, because a running one locks its folder. */
async function measureBare(endpoint: string | undefined): Promise<BareRates> {
  const options = { puts: parallelPuts, queries: connections, seconds: bareSeconds };
  if (endpoint !== undefined) return measureBareRates({ endpoint, ...options });
  const dynalite = await startDynalite(mkdtempSync(join(dataDir, 'bare-')), () => {});
  try {
    return await measureBareRates({ endpoint: dynalite.endpoint.href, ...options });
  } finally {
    await dynalite.stop();
  }
}

/** Runs the emitter, the queries and the sampling in parallel. */
async function runLoad(
  stack: StackProcess,
  emit: EmitLoad,
  requests: Awaited<ReturnType<typeof makeRequests>>,
): Promise<Pick<LoadResults, 'acceptedPerSecond' | 'recordedPerSecond' | 'queries' | 'memory'>> {
  const seconds = minutes * 60;
  const stopEmitting = new AbortController();
  const samples: MemorySample[] = [];
  const startedAt = Date.now();
  const publishedBefore = emit.entryIds.length;
  const sampling = setInterval(() => {
    samples.push(sampleMemory(stack.pid, Date.now()));
    // If the request fails, the last value stays in use.
    void stack.status().then(
      (status) => {
        emit.backlog = depthOf(status, 'Ingest');
      },
      () => {},
    );
    if (samples.length % 60 === 0) say(`  ${emit.entryIds.length} published, ${emit.backlog} queued`);
  }, 1_000);
  const emitting = emit.run(stopEmitting.signal);
  const queries = await runQueries({ url: stack.url, connections, seconds, requests });
  stopEmitting.abort();
  await emitting;
  clearInterval(sampling);
  const elapsedSeconds = (Date.now() - startedAt) / 1_000;
  const published = emit.entryIds.length - publishedBefore;
  emit.backlog = depthOf(await stack.status(), 'Ingest');
  const includedFrom = startedAt + Math.min(excludedStart.maxMillis, excludedStart.share * seconds * 1_000);
  return {
    acceptedPerSecond: published / elapsedSeconds,
    recordedPerSecond: (published - emit.backlog) / elapsedSeconds,
    queries,
    memory: summarizeMemory(samples.filter(({ atMillis }) => atMillis >= includedFrom)),
  };
}
