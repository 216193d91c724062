// The services and resources of the demonstration's story, and their states when they are created.
import type { Target } from '../../core/contract/event.ts';
import { demoOrganizations, type Workspace } from './organizations.ts';
import type { Random } from './random.ts';

/** The state of a service or resource. */
export type StoryState = Readonly<Record<string, unknown>>;

export type StoryTarget = 'api' | 'database' | 'sessions' | 'ledger' | 'trial' | 'batch';

/** The organization of the story. */
export const acme = demoOrganizations.find(({ id }) => id === 'acme');

function workspaceOf(environment: string): Workspace {
  const workspace = acme?.workspaces.find((one) => one.environment === environment);
  if (workspace === undefined) throw new Error(`the demonstration has no environment ${environment}`);
  return workspace;
}

export const closedGroup = {
  id: 'sg-0c4fe17a9b2d58e36',
  ingress: [{ protocol: 'tcp', port: 5432, source: 'sg-payments' }],
};
export const openGroup = {
  ...closedGroup,
  ingress: [...closedGroup.ingress, { protocol: 'tcp', port: 5432, source: '0.0.0.0/0' }],
};

interface TargetStart {
  readonly target: Target;
  readonly workspace: Workspace;
  readonly create: () => StoryState;
}

/** The services and resources of the story, and their states when they are created. */
export function storyTargets(random: Random): Record<StoryTarget, TargetStart> {
  const prod = workspaceOf('prod');
  const test = workspaceOf('test');
  const service = (id: string, name: string, workspace: Workspace): TargetStart => ({
    target: { kind: 'SERVICE', type: 'ecs-service', id, name },
    workspace,
    create: () => ({
      name,
      environment: workspace.environment,
      repository: `acme/${name}`,
      serviceTypes: [
        {
          type: 'server',
          cpu: 1024,
          memoryMiB: 2048,
          taskCount: 4,
          port: 8080,
          healthCheck: '/ping',
          public: true,
        },
      ],
      environmentVariables: { LOG_LEVEL: 'info', API_TOKEN: random.text(32) },
      ecs: {
        cluster: `${workspace.environment}-cluster`,
        taskDefinition: `arn:aws:ecs:${workspace.region}:${workspace.accountId}:task-definition/${name}:1`,
      },
    }),
  });
  const database = (id: string, name: string, serviceName?: string): TargetStart => ({
    target: { kind: 'RESOURCE', type: 'rds', id, name, ...(serviceName && { serviceName }) },
    workspace: prod,
    create: () => ({
      name,
      type: 'rds',
      engine: 'postgres',
      engineVersion: '17.4',
      instanceClass: 'db.t4g.small',
      allocatedStorageGiB: 50,
      multiAz: true,
      backupRetentionDays: 14,
      publiclyAccessible: false,
      storageEncrypted: true,
      vpcSecurityGroups: [closedGroup],
      masterUsername: `${name.slice(0, 6)}_admin`,
      masterUserPassword: random.text(20),
    }),
  });
  return {
    api: service('svc-5a11e7', 'payments-api', prod),
    batch: service('svc-b47c40', 'nightly-batch', test),
    database: database('res-9d0b51', 'payments', 'payments-api'),
    ledger: database('res-1ed6e0', 'ledger-d'),
    trial: database('res-7a1a10', 'trial-db'),
    sessions: {
      target: {
        kind: 'RESOURCE',
        type: 'ec',
        id: 'res-5e5510',
        name: 'sessions',
        serviceName: 'payments-api',
      },
      workspace: prod,
      create: () => ({
        name: 'sessions',
        type: 'ec',
        engine: 'redis',
        engineVersion: '7.1',
        instanceClass: 'cache.t4g.small',
        numCacheNodes: 1,
        transitEncryption: true,
        authToken: random.text(32),
      }),
    },
  };
}
