// Generates states of databases (rds) and caches (ec): the initial state and its updates.
import type { Workspace } from './organizations.ts';
import { hexDigits, type Random } from './random.ts';

export type ResourceType = 'rds' | 'ec';

/** In the format of MayaOps services: see test/fixtures/events. */
export type ResourceState = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly type: ResourceType;
};

type Change = (random: Random, state: ResourceState) => Readonly<Record<string, unknown>>;

export function createResource(
  random: Random,
  type: ResourceType,
  name: string,
  workspace: Workspace,
): ResourceState {
  return type === 'rds' ? createDatabase(random, name, workspace) : createCache(random, name, workspace);
}

function createDatabase(random: Random, name: string, { accountId, region }: Workspace): ResourceState {
  return {
    name,
    type: 'rds',
    engine: 'postgres',
    engineVersion: random.pick(['16.8', '17.4']),
    instanceClass: random.pick(['db.t4g.micro', 'db.t4g.small']),
    allocatedStorageGiB: random.pick([20, 50, 100]),
    multiAz: random.chance(0.3),
    backupRetentionDays: 7,
    publiclyAccessible: false,
    storageEncrypted: true,
    kmsKeyId: `arn:aws:kms:${region}:${accountId}:key/${uuid(random)}`,
    vpcSecurityGroups: [
      {
        id: `sg-${random.text(17, hexDigits)}`,
        ingress: [{ protocol: 'tcp', port: 5432, source: 'sg-app' }],
      },
    ],
    masterUsername: `${name.split('-')[0]}_admin`,
    masterUserPassword: random.text(20),
    endpoint: { address: `${name}.${random.text(5, hexDigits)}.${region}.rds.amazonaws.com`, port: 5432 },
    arn: `arn:aws:rds:${region}:${accountId}:db:${name}`,
  };
}

function createCache(random: Random, name: string, { environment }: Workspace): ResourceState {
  return {
    name,
    type: 'ec',
    engine: 'redis',
    engineVersion: random.pick(['7.0', '7.1']),
    instanceClass: random.pick(['cache.t4g.micro', 'cache.t4g.small']),
    numCacheNodes: 1,
    transitEncryption: true,
    atRestEncryption: true,
    authToken: random.text(32),
    subnetGroup: `${environment}-private`,
    securityGroupIds: [`sg-${random.text(17, hexDigits)}`],
    endpoint: { address: `${name}.${random.text(6, hexDigits)}.0001.cache.amazonaws.com`, port: 6379 },
  };
}

const otherClass: Change = (random, state) => {
  const prefix = state.type === 'rds' ? 'db' : 'cache';
  const classes = ['micro', 'small', 'medium'].map((size) => `${prefix}.t4g.${size}`);
  return { instanceClass: random.pick(classes.filter((name) => name !== state.instanceClass)) };
};

const databaseChanges: readonly Change[] = [
  otherClass,
  (random, state) => ({
    allocatedStorageGiB: Number(state.allocatedStorageGiB) + random.pick([20, 50, 100]),
  }),
  (_, state) => ({ multiAz: !state.multiAz }),
  (random, state) => ({
    backupRetentionDays: random.pick([7, 14, 30].filter((days) => days !== state.backupRetentionDays)),
  }),
  (random) => ({
    vpcSecurityGroups: [
      {
        id: `sg-${random.text(17, hexDigits)}`,
        ingress: [
          { protocol: 'tcp', port: 5432, source: 'sg-app' },
          { protocol: 'tcp', port: 5432, source: `10.${random.integer(1, 99)}.0.0/16` },
        ],
      },
    ],
  }),
];

const cacheChanges: readonly Change[] = [
  otherClass,
  (_, state) => ({ numCacheNodes: Number(state.numCacheNodes) + 1 }),
  (random) => ({ securityGroupIds: [`sg-${random.text(17, hexDigits)}`] }),
];

/** The state after a user's update; never equal to the previous state. */
export function updateResource(random: Random, state: ResourceState): ResourceState {
  const change = random.pick(state.type === 'rds' ? databaseChanges : cacheChanges);
  return { ...state, ...change(random, state) };
}

/** The state after a rotation of only its password or token. */
export function rotateSecret(random: Random, state: ResourceState): ResourceState {
  return state.type === 'rds'
    ? { ...state, masterUserPassword: random.text(20) }
    : { ...state, authToken: random.text(32) };
}

function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(length, hexDigits)).join('-');
}
