// Generates states of an ECS service: the initial state, and updates by users and pipelines.
import type { Workspace } from './organizations.ts';
import { hexDigits, type Random } from './random.ts';

export interface ServiceType {
  readonly type: string;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly taskCount: number;
  readonly command: string;
  readonly port?: number;
  readonly healthCheck?: string;
  readonly public: boolean;
  readonly autoscaling: Readonly<Record<string, unknown>>;
}

export interface ServiceState {
  readonly name: string;
  readonly environment: string;
  readonly repository: string;
  readonly serviceTypes: readonly ServiceType[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly attachedResources: readonly string[];
  readonly ecs: {
    readonly cluster: string;
    readonly taskDefinition: string;
    readonly loadBalancerArn?: string;
  };
}

/** Valid combinations of CPU and memory. */
const plans = [
  { cpu: 512, memoryMiB: 1024 },
  { cpu: 1024, memoryMiB: 2048 },
  { cpu: 2048, memoryMiB: 4096 },
] as const;

const maxTasks = 20;

export function createService(
  random: Random,
  name: string,
  workspace: Workspace,
  organizationId: string,
): ServiceState {
  const kinds = random.pick([
    ['server'],
    ['server', 'worker'],
    ['worker'],
    ['fe-web'],
    ['server', 'worker', 'fe-web'],
  ]);
  const { accountId, region, environment } = workspace;
  const isServed = !(kinds.length === 1 && kinds[0] === 'worker');
  return {
    name,
    environment,
    repository: `${organizationId}/${name}`,
    serviceTypes: kinds.map((type) => serviceType(random, type)),
    environmentVariables: environmentVariables(random, name),
    attachedResources: [],
    ecs: {
      cluster: `${environment}-cluster`,
      taskDefinition: `arn:aws:ecs:${region}:${accountId}:task-definition/${name}:1`,
      ...(isServed && {
        loadBalancerArn: `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/${name}/${random.text(16, hexDigits)}`,
      }),
    },
  };
}

function serviceType(random: Random, type: string): ServiceType {
  const common = {
    type,
    ...random.pick(plans),
    taskCount: random.integer(1, 4),
    autoscaling: { enabled: false },
  };
  if (type === 'worker') return { ...common, command: 'sh worker.sh', public: false };
  return {
    ...common,
    command: 'sh run.sh',
    port: random.pick([8080, 8080, 3000, 4000]),
    healthCheck: random.pick(['/ping', '/ping', '/health']),
    public: type === 'fe-web' || random.chance(0.4),
  };
}

function environmentVariables(random: Random, name: string): Record<string, string> {
  const user = name.replaceAll('-', '_');
  return {
    LOG_LEVEL: random.pick(['info', 'debug', 'warn']),
    ...databaseVariables(
      user,
      `${name.slice(0, 6)}-d.${random.text(5, hexDigits)}.rds.example`,
      random.text(18),
    ),
    API_TOKEN: random.text(32),
    ...(random.chance(0.4) && { REDIS_URL: `rediss://:${random.text(24)}@cache.${name}.example:6379/0` }),
    ...(random.chance(0.4) && { SESSION_SECRET: random.text(40) }),
    ...(random.chance(0.3) && { FEATURE_FLAGS: random.pick(['new-cart', 'dark-mode', 'beta-search']) }),
  };
}

function databaseVariables(user: string, host: string, password: string): Record<string, string> {
  return {
    DB_HOST: host,
    DB_USER: user,
    DB_PASSWORD: password,
    DATABASE_URL: `postgres://${user}:${password}@${host}:5432/${user}`,
  };
}

const changes: Readonly<Record<string, (random: Random, state: ServiceState) => ServiceState>> = {
  scale: (random, state) =>
    changeType(random, state, (type) => ({
      ...type,
      taskCount: Math.min(maxTasks, (type.taskCount % maxTasks) + random.integer(1, 3)),
    })),
  plan: (random, state) =>
    changeType(random, state, (type) => ({
      ...type,
      ...random.pick(plans.filter(({ cpu }) => cpu !== type.cpu)),
    })),
  autoscaling: (random, state) =>
    changeType(random, state, (type) => ({
      ...type,
      autoscaling: type.autoscaling.enabled
        ? { enabled: false }
        : { enabled: true, minTasks: type.taskCount, maxTasks: type.taskCount * 3, scaleOutCpuPercent: 70 },
    })),
  exposure: (random, state) => changeType(random, state, (type) => ({ ...type, public: !type.public })),
  token: (random, state) => ({
    ...state,
    environmentVariables: { ...state.environmentVariables, API_TOKEN: random.text(32) },
  }),
  variable: (random, state) => ({
    ...state,
    environmentVariables: {
      ...state.environmentVariables,
      [random.pick(['CACHE_TTL_SECONDS', 'MAX_CONNECTIONS', 'QUEUE_PREFETCH'])]: String(
        random.integer(2, 600),
      ),
    },
  }),
};

/** The state after a user's update; never equal to the previous state. */
export function updateService(random: Random, state: ServiceState): ServiceState {
  const change = changes[random.pick(Object.keys(changes))];
  const after = change?.(random, state) ?? state;
  return JSON.stringify(after) === JSON.stringify(state) ? deployService(state) : nextTaskDefinition(after);
}

/** The state after a deployment by a pipeline. */
export function deployService(state: ServiceState): ServiceState {
  return nextTaskDefinition(state);
}

/** The state after a resource of the same workspace was attached to it. */
export function attachResource(state: ServiceState, resourceName: string): ServiceState {
  return { ...state, attachedResources: [...state.attachedResources, resourceName] };
}

function nextTaskDefinition(state: ServiceState): ServiceState {
  const taskDefinition = state.ecs.taskDefinition.replace(/\d+$/, (revision) => String(Number(revision) + 1));
  return { ...state, ecs: { ...state.ecs, taskDefinition } };
}

function changeType(
  random: Random,
  state: ServiceState,
  change: (type: ServiceType) => ServiceType,
): ServiceState {
  const chosen = random.integer(0, state.serviceTypes.length - 1);
  return {
    ...state,
    serviceTypes: state.serviceTypes.map((type, index) => (index === chosen ? change(type) : type)),
  };
}
