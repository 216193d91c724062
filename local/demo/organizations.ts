// The organizations of the demonstration data: their users, pipelines, and workspaces.
import type { Actor } from '../../core/contract/event.ts';

/** A workspace: one AWS account, one region, four letters. */
export interface Workspace {
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
}

export interface Organization {
  readonly id: string;
  /** Relative share of the actions. */
  readonly weight: number;
  readonly people: readonly Actor[];
  readonly pipelines: readonly Actor[];
  /** The AI agent that performs some updates on behalf of operators. */
  readonly agent: Pick<Actor, 'userId' | 'name'>;
  readonly workspaces: readonly Workspace[];
}

const safari = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Safari/605.1.15';
const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0';

function person(
  company: string,
  userId: string,
  name: string,
  role: string,
  sourceIp: string,
  userAgent: string,
): Actor {
  const mailbox = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '.');
  return { userId, name, email: `${mailbox}@${company}.example`, type: 'user', role, sourceIp, userAgent };
}

function pipeline(userId: string, name: string): Actor {
  return { userId, name, type: 'service', role: 'Deployer' };
}

/** Some users and accounts also occur in the sample events, so that the data is consistent. */
export const demoOrganizations: readonly Organization[] = [
  {
    id: 'acme',
    weight: 65,
    people: [
      person('acme', 'u-1042', 'Asha Rao', 'Admin', '203.0.113.24', safari),
      person('acme', 'u-2077', 'Ben Okafor', 'Developer', '198.51.100.7', firefox),
      person('acme', 'u-2210', 'Diego Paz', 'Developer', '198.51.100.61', chrome),
      person('acme', 'u-2391', 'Hana Kim', 'Developer', '2001:db8::1f', safari),
      person('acme', 'u-5120', 'Mei Tanaka', 'Operator', '203.0.113.77', chrome),
      person('acme', 'u-5188', 'Sofia Lindqvist', 'Operator', '192.0.2.140', firefox),
      person('acme', 'u-3300', 'Ivo Marsh', 'Viewer', '192.0.2.18', chrome),
      person('acme', 'u-4001', 'Noor Haddad', 'Auditor', '203.0.113.90', safari),
      person('acme', 'u-6007', 'Tom Brandt', 'Contractor', '192.0.2.201', chrome),
    ],
    pipelines: [
      pipeline('pipeline-checkout', 'checkout pipeline'),
      pipeline('pipeline-storefront', 'storefront pipeline'),
      pipeline('rotation-job', 'credential rotation'),
    ],
    agent: { userId: 'agent-capacity', name: 'capacity agent' },
    workspaces: [
      { environment: 'prod', accountId: '123456789012', region: 'eu-west-1' },
      { environment: 'stag', accountId: '123456789012', region: 'eu-central-1' },
      { environment: 'test', accountId: '210987654321', region: 'us-east-1' },
      { environment: 'sbox', accountId: '210987654321', region: 'us-east-1' },
    ],
  },
  {
    id: 'globex',
    weight: 35,
    people: [
      person('globex', 'u-30', 'Jonas Weber', 'Admin', '198.51.100.200', safari),
      person('globex', 'u-31', 'Léna Fournier', 'Operator', '2001:db8::42', chrome),
      person('globex', 'u-44', 'Ravi Menon', 'Developer', '203.0.113.150', firefox),
      person('globex', 'u-45', 'Grace Otieno', 'Developer', '203.0.113.151', chrome),
      person('globex', 'u-52', 'Piet de Vries', 'Viewer', '192.0.2.77', firefox),
    ],
    pipelines: [
      pipeline('pipeline-billing', 'billing pipeline'),
      pipeline('rotation-job', 'credential rotation'),
    ],
    agent: { userId: 'agent-operations', name: 'operations agent' },
    workspaces: [
      { environment: 'prod', accountId: '345678901234', region: 'ap-southeast-2' },
      { environment: 'deve', accountId: '345678901234', region: 'ap-southeast-2' },
      { environment: 'test', accountId: '456789012345', region: 'us-west-2' },
    ],
  },
];
