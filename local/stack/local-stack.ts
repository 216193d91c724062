// Runs a synthesized stack on this machine: starts its parts in order, joins them, ends them in reverse.
import { createBuckets } from '../buckets/buckets.ts';
import { createS3Service } from '../buckets/service.ts';
import { readAssets } from '../cloudformation/assembly.ts';
import { loadStack } from '../cloudformation/stack.ts';
import { createDynamodbService } from '../dynamodb/service.ts';
import { startStore } from '../dynamodb/store.ts';
import { areTablesEmpty, ensureTables } from '../dynamodb/tables.ts';
import { createEventsService } from '../event-bus/service.ts';
import { loadFunctions } from '../functions/function.ts';
import { openLog } from '../functions/log-file.ts';
import { feedingQueues, startMappings } from '../functions/mappings.ts';
import { createPool } from '../functions/pool.ts';
import { startTraceDaemons } from '../functions/trace-daemon.ts';
import { openGateway } from '../gateway/gateway.ts';
import { createLocalExtras } from '../gateway/local-routes.ts';
import { createHttpApi } from '../http-api/api.ts';
import { loadApi } from '../http-api/load-api.ts';
import { gatewayResponse } from '../http-api/response.ts';
import { createAccessCheck } from '../iam/access-check.ts';
import { issuerOf } from '../issuer/issuer-of.ts';
import { rebaseIssuer, rebaseIssuerText } from '../issuer/rebase-issuer.ts';
import { startQueueServer } from '../queues/fauxqs.ts';
import { createQueues } from '../queues/queues.ts';
import { createSqsService } from '../queues/service.ts';
import { lockDataDir } from '../shared/data-lock.ts';
import { gatewayAddress, localAccountId, localRegion } from '../shared/environment.ts';
import { LocalStackError } from '../shared/errors.ts';
import { findFreePort } from '../shared/free-port.ts';
import { readBucketFiles } from '../site/bucket-files.ts';
import { createDistribution } from '../site/distribution.ts';
import { describeStack, type LocalStack, type LocalStackOptions } from './local-stack-types.ts';

export type { LocalStack, LocalStackOptions } from './local-stack-types.ts';

/** Processes of one function, and batches of one queue, at the same time. */
const defaultConcurrency = 3;

/** How long a stop waits for what is under way. */
const graceMillis = 10_000;

/**
 * Starts everything and resolves when requests are answered. Fails with a LocalStackError, having stopped what it
 * had started, when the template has something that is not known here, the port or the data folder is taken, or
 * a table is stored in another shape.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const stops: (() => unknown)[] = [];
  const stopAll = async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  };
  try {
    return await start(options, (stop) => stops.push(stop), stopAll);
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function start(
  options: LocalStackOptions,
  onStop: (stop: () => unknown) => void,
  stop: () => Promise<void>,
): Promise<LocalStack> {
  const { dataDir, report = () => {}, concurrency = defaultConcurrency } = options;
  const front = gatewayAddress(options.port || (await findFreePort()));
  const stack = loadStack(rebaseIssuer(options.template, front), {
    stackName: options.stackName ?? 'RequestLogs-local',
    accountId: localAccountId,
    region: localRegion,
    frontUrl: front.url,
  });
  const api = loadApi(stack);
  const gate = createAccessCheck(stack);
  onStop(lockDataDir(dataDir));
  const store = await startStore(options);
  onStop(store.stop);
  const queueServer = await startQueueServer(dataDir);
  onStop(() => queueServer.stop());
  await ensureTables(store.client, stack);
  const queues = await createQueues(queueServer, stack);
  createBuckets(queueServer, stack);
  const issuer = await issuerOf(stack, api, front, dataDir);

  const assets = readAssets(options.assetsDir);
  const daemons = await startTraceDaemons(loadFunctions(stack, gate, { assets, dataDir }), {
    gate,
    dataDir,
    report,
  });
  onStop(daemons.stop);
  const { functions } = daemons;
  const pools = functions.map((lambda) => createPool(lambda, { dataDir, maxProcesses: concurrency, report }));
  const findPool = (name: string) => {
    const pool = pools.find(({ lambda }) => name === lambda.name || name === lambda.logicalId);
    if (pool !== undefined) return pool;
    throw new LocalStackError(
      `there is no function ${name}; the stack has ${functions.map((one) => one.name).join(', ')}`,
    );
  };
  const accessLog = api?.accessLog && openLog(dataDir, api.accessLog.name);
  if (accessLog) onStop(() => accessLog.close());
  const status = () => describeStack({ stack, queues, functions, issuer });
  const localKeys = (url: string) => (url === issuer.url ? issuer.findKey : undefined);
  const handleApi = api
    ? createHttpApi(api, { stack, gate, pools, accessLog, localKeys, report })
    : async () => gatewayResponse(404, 'Not Found');
  const files = readBucketFiles(stack, assets, (text) => rebaseIssuerText(text, front));
  const opened = await openGateway(front.port, {
    aws: {
      dynamodb: createDynamodbService(stack, gate, store.backend),
      events: createEventsService(stack, gate, queues, report),
      sqs: createSqsService(stack, gate, queueServer.port),
    },
    s3: createS3Service(stack, gate, queueServer.port),
    local: createLocalExtras(issuer, status),
    site: createDistribution({ stack, gate, files, api: handleApi, report }) ?? handleApi,
    report,
  });
  onStop(opened.close);
  onStop(() => Promise.all(pools.map((pool) => pool.stop(graceMillis))));
  for (const pool of pools) pool.warm();
  const mappings = await startMappings({ stack, gate, queues, pools, maxConcurrency: concurrency, report });
  onStop(() => Promise.race([Promise.all(mappings.map((mapping) => mapping.stop())), pause(graceMillis)]));

  const feeding = feedingQueues(stack);
  const backlog = () =>
    queues
      .status()
      .filter(({ name }) => feeding.includes(name))
      .reduce((sum, { ready, inFlight, delayed }) => sum + ready + inFlight + delayed, 0);
  return {
    stack,
    url: front.url,
    port: front.port,
    dataDir,
    status,
    token: issuer.token,
    peekQueue: queues.peek,
    invoke: (name, event) => findPool(name).invoke(JSON.stringify(event)),
    credentialsOf: (name) => findPool(name).lambda.credentials,
    isEmpty: () => areTablesEmpty(store.client, stack),
    backlog,
    redeliver: async () => {
      const failed = mappings.map((mapping) => ({ name: mapping.queueName, receipts: mapping.takeFailed() }));
      for (const { name, receipts } of failed) {
        if (receipts.length > 0) await queues.release(name, receipts);
      }
      return failed.reduce((sum, { receipts }) => sum + receipts.length, 0);
    },
    waitUntilDrained: (timeoutMillis) => waitUntilDrained(backlog, timeoutMillis),
    stop,
  };
}

const drainPollMillis = 50;

async function waitUntilDrained(backlog: () => number, timeoutMillis: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMillis;
  while (backlog() > 0) {
    if (Date.now() >= deadline) return false;
    await pause(drainPollMillis);
  }
  return true;
}

/** Does not keep the process alive by itself. */
function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis).unref());
}
