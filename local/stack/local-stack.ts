// Runs a synthesized stack on this machine: starts its parts in order, connects them, and stops them in reverse order.
import { createBuckets } from '../buckets/buckets.ts';
import { ObjectStore } from '../buckets/object-store.ts';
import { createS3Service } from '../buckets/service.ts';
import { readAssets } from '../cloudformation/assembly.ts';
import { loadStack } from '../cloudformation/stack.ts';
import { createDynamodbService } from '../dynamodb/service.ts';
import { startStore } from '../dynamodb/store.ts';
import { areTablesEmpty, ensureTables } from '../dynamodb/tables.ts';
import { createEventsService } from '../event-bus/service.ts';
import { loadFunctions } from '../functions/function.ts';
import { openLog } from '../functions/log-file.ts';
import { eventSourceQueues, startMappings } from '../functions/mappings.ts';
import { createPool } from '../functions/pool.ts';
import { startTraceDaemons } from '../functions/trace-daemon.ts';
import { openGateway } from '../gateway/gateway.ts';
import { createLocalRoutes } from '../gateway/local-routes.ts';
import { createHttpApi } from '../http-api/api.ts';
import { loadApi } from '../http-api/load-api.ts';
import { gatewayResponse } from '../http-api/response.ts';
import { createAccessCheck } from '../iam/access-check.ts';
import { rebaseIssuer, rebaseIssuerText } from '../issuer/rebase-issuer.ts';
import { createStackIssuer } from '../issuer/stack-issuer.ts';
import { createKeyService } from '../keys/service.ts';
import { loadSigningKeys } from '../keys/signing-keys.ts';
import { startQueueServer } from '../queues/fauxqs.ts';
import { createQueues } from '../queues/queues.ts';
import { createSqsService } from '../queues/service.ts';
import { createSchedules } from '../schedules/schedules.ts';
import { lockDataDir } from '../shared/data-lock.ts';
import { requireDataVersion } from '../shared/data-version.ts';
import { gatewayAddress, localAccountId, localRegion } from '../shared/environment.ts';
import { LocalStackError } from '../shared/errors.ts';
import { findFreePort } from '../shared/free-port.ts';
import { readBucketFiles } from '../site/bucket-files.ts';
import { createDistribution } from '../site/distribution.ts';
import { createStreamsService } from '../streams/service.ts';
import { startStreams } from '../streams/streams.ts';
import { describeStack, type LocalStack, type LocalStackOptions } from './local-stack-types.ts';

export type { LocalStack, LocalStackOptions } from './local-stack-types.ts';

/** Maximum number of processes for each function, and of batches for each queue. */
const defaultConcurrency = 3;

/** How long `stop` waits for running invocations and batches. */
const graceMillis = 10_000;

/**
 * Starts the stack and resolves when it accepts requests. Fails with LocalStackError, after it stopped all parts, when
 * the template has an unsupported feature, the port or the data folder is in use, or the data folder has data of another
 * version or a stored table with different keys.
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
  const gateway = gatewayAddress(options.port || (await findFreePort()));
  const stack = loadStack(rebaseIssuer(options.template, gateway), {
    stackName: options.stackName ?? 'RequestLogs-local',
    accountId: localAccountId,
    region: localRegion,
    gatewayUrl: gateway.url,
  });
  const api = loadApi(stack);
  const accessCheck = createAccessCheck(stack);
  onStop(lockDataDir(dataDir));
  requireDataVersion(dataDir);
  const store = await startStore(options);
  onStop(store.stop);
  const queueServer = await startQueueServer(dataDir);
  onStop(() => queueServer.stop());
  await ensureTables(store.client, stack);
  const streams = await startStreams(stack, store.backend, dataDir);
  onStop(streams.stop);
  const objects = new ObjectStore(dataDir);
  onStop(() => objects.close());
  const queues = await createQueues(queueServer, stack);
  createBuckets(queueServer, stack);
  const issuer = await createStackIssuer(stack, api, gateway, dataDir);

  const assets = readAssets(options.assetsDir);
  const daemons = await startTraceDaemons(loadFunctions(stack, accessCheck, { assets, dataDir }), {
    accessCheck,
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
      `no function ${name} in the stack; it has ${functions.map((one) => one.name).join(', ')}`,
    );
  };
  const accessLog = api?.accessLog && openLog(dataDir, api.accessLog.name);
  if (accessLog) onStop(() => accessLog.close());
  const status = () => describeStack({ stack, queues, functions, issuer });
  const localKeys = (url: string) => (url === issuer.url ? issuer.findKey : undefined);
  const handleApi = api
    ? createHttpApi(api, { stack, accessCheck, pools, accessLog, localKeys, report })
    : async () => gatewayResponse(404, 'Not Found');
  const files = readBucketFiles(stack, assets, (text) => rebaseIssuerText(text, gateway));
  const openedGateway = await openGateway(gateway.port, {
    aws: {
      dynamodb: createDynamodbService(stack, accessCheck, store.backend, streams.capture),
      events: createEventsService(stack, accessCheck, queues, report),
      kms: createKeyService(stack, accessCheck, loadSigningKeys(stack, dataDir)),
      sqs: createSqsService(stack, accessCheck, queueServer.port),
      streams: createStreamsService(stack, accessCheck, streams.journal),
    },
    s3: createS3Service(stack, accessCheck, queueServer.port, objects),
    local: createLocalRoutes(issuer, status),
    site: createDistribution({ stack, accessCheck, files, api: handleApi, report }) ?? handleApi,
    report,
  });
  onStop(openedGateway.close);
  const schedules = createSchedules({ stack, accessCheck, pools, report });
  // A scheduled function can run for a minute, and must survive an end at any point.
  onStop(() => Promise.all(pools.map((pool) => pool.stop(schedules.pools.has(pool) ? 0 : graceMillis))));
  for (const pool of pools) pool.warm();
  const mappings = await startMappings({
    stack,
    accessCheck,
    queues,
    pools,
    maxConcurrency: concurrency,
    report,
  });
  onStop(() => Promise.race([Promise.all(mappings.map((mapping) => mapping.stop())), pause(graceMillis)]));

  schedules.start();
  onStop(schedules.stop);

  const sourceQueues = eventSourceQueues(stack);
  const backlog = () =>
    queues
      .status()
      .filter(({ name }) => sourceQueues.includes(name))
      .reduce((sum, { ready, inFlight, delayed }) => sum + ready + inFlight + delayed, 0);
  return {
    stack,
    url: gateway.url,
    port: gateway.port,
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

/** Does not keep the process alive. */
function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis).unref());
}
