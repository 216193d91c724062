// `npm run bench:load`: the synthesized stack under our emitter at full speed and mixed queries; prints a table, writes
// bench/load/results.json. Method: bench/README.md. Exit code 1 when an event was lost, doubled or refused, or memory grew.
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
    'usage: npm run bench:load -- [--minutes N] [--engine dynoxide|dynalite] [--connections N] [--port N]; ' +
      'half a minute to 600, at least one connection',
  );
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error('bench:load samples memory from /proc, which Linux has');
  process.exit(2);
}

/** Events recorded before the clock starts, so that queries find something and processes are warm. */
const seeded = 1_000;

/** Batches that the local stack records at the same time, with ten messages each. */
const putsAtOnce = 30;

const bareSeconds = 10;

/**
 * Single entries at full speed before the clock starts, as a share of the run and at most so long. A heap finds its size
 * after some ten thousand requests, whatever the time; beside the emitter a function that answers few would take hours.
 */
const warmUp = { share: 0.2, maxSeconds: 120 } as const;

/** The share of the run in which memory still settles, and at most so long. */
const settling = { share: 0.2, maxMillis: 60_000 } as const;

const say = (text: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-load-'));
const stops: (() => Promise<void>)[] = [async () => rmSync(dataDir, { recursive: true, force: true })];

/** Ends what was started, last first; once. */
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
  const dynamodbEndpoint = engine === 'dynalite' ? undefined : await startJava();
  say('bare rates of the engine');
  const before = await measureBare(dynamodbEndpoint);
  say('starting the stack');
  const stack = await StackProcess.start({
    port: values.port === undefined ? await findFreePort() : Number(values.port),
    dataDir: join(dataDir, 'stack'),
    dynamodbEndpoint,
    onLine: say,
  });
  stops.push(() => stack.stop());
  const emit = await EmitLoad.on(stack);
  const events = await emit.emitSome(seeded);
  await emit.drain();
  const requests = await makeRequests(stack, events.slice(0, 300), emit.entryIds);
  say('warming up');
  await runQueries({
    ...{ url: stack.url, connections },
    seconds: Math.min(warmUp.maxSeconds, warmUp.share * minutes * 60),
    requests: requests.filter(({ path }) => !path.includes('?')),
  });
  say(`load for ${minutes} minutes`);
  const load = await underLoad(stack, emit, requests);
  say(`draining ${emit.backlog} events`);
  await emit.drain();
  say('comparing entries with events');
  const verification = await verify(stack, emit.entryIds);
  await stack.stop();
  say('bare rates of the engine again');
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
  if (growing.length > 0) say(`memory of ${growing.join(', ')} is NOT flat`);
  if (!isExact(verification)) say('NOT every published event is exactly one entry');
  return isExact(verification) && growing.length === 0 ? 0 : 1;
}

async function startJava(): Promise<string> {
  const local = await startDynoxide();
  stops.push(local.stop);
  return local.endpoint;
}

/** In tables of its own; on dynalite in a process of its own, since it locks its folder. */
async function measureBare(endpoint: string | undefined): Promise<BareRates> {
  const options = { puts: putsAtOnce, queries: connections, seconds: bareSeconds };
  if (endpoint !== undefined) return measureBareRates({ endpoint, ...options });
  const dynalite = await startDynalite(mkdtempSync(join(dataDir, 'bare-')), () => {});
  try {
    return await measureBareRates({ endpoint: dynalite.endpoint.href, ...options });
  } finally {
    await dynalite.stop();
  }
}

/** Emitter, queries and sampling side by side for the time of the run. */
async function underLoad(
  stack: StackProcess,
  emit: EmitLoad,
  requests: Awaited<ReturnType<typeof makeRequests>>,
): Promise<Pick<LoadResults, 'acceptedPerSecond' | 'recordedPerSecond' | 'queries' | 'memory'>> {
  const seconds = minutes * 60;
  const over = new AbortController();
  const samples: MemorySample[] = [];
  const begunAt = Date.now();
  const publishedBefore = emit.entryIds.length;
  const sampling = setInterval(() => {
    samples.push(sampleMemory(stack.pid, Date.now()));
    // An answer that does not come leaves the last one in force.
    void stack.status().then(
      (status) => {
        emit.backlog = depthOf(status, 'Ingest');
      },
      () => {},
    );
    if (samples.length % 60 === 0) say(`  ${emit.entryIds.length} published, ${emit.backlog} wait`);
  }, 1_000);
  const emitting = emit.run(over.signal);
  const queries = await runQueries({ url: stack.url, connections, seconds, requests });
  over.abort();
  await emitting;
  clearInterval(sampling);
  const elapsedSeconds = (Date.now() - begunAt) / 1_000;
  const published = emit.entryIds.length - publishedBefore;
  emit.backlog = depthOf(await stack.status(), 'Ingest');
  const settledAt = begunAt + Math.min(settling.maxMillis, settling.share * seconds * 1_000);
  return {
    acceptedPerSecond: published / elapsedSeconds,
    recordedPerSecond: (published - emit.backlog) / elapsedSeconds,
    queries,
    memory: summarizeMemory(samples.filter(({ atMillis }) => atMillis >= settledAt)),
  };
}
