// Generates the events of the benchmark: three organizations, one of them large, over 180 days, with 200 users and
// 2,000 resource names by Zipf's law, 12 accounts with up to 8 regions, actions 25/65/10 %, 2 % denied attempts, and
// states like the sample events.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Action } from '../core/contract/vocabulary.ts';
import type { JsonObject } from '../core/values/json.ts';
import { createRandom, createZipf } from './random.ts';

export interface SeedEvent {
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly id: string;
  readonly time: string;
  readonly detail: JsonObject;
}

/** The organization that is measured, which has 90 % of the events. */
export const measuredOrganization = 'acme';

const days = 180;
const zipfExponent = 1.1;
/** The share of denied attempts. */
const deniedShare = 0.02;
const regions = [
  'eu-west-1',
  'us-east-1',
  'eu-central-1',
  'us-west-2',
  'ap-southeast-2',
  'eu-north-1',
  'ap-northeast-1',
  'sa-east-1',
];
const until = Date.parse('2026-11-20T00:00:00.000Z');

/** The time range of the events. */
export const seedRange = { fromMillis: until - days * 86_400_000, toMillis: until } as const;

function readSample(name: string): { detail: JsonObject } {
  const path = join(import.meta.dirname, '..', 'test', 'fixtures', 'events', name);
  return JSON.parse(readFileSync(path, 'utf8')) as { detail: JsonObject };
}

const samples = {
  service: readSample('02-service-updated.json').detail,
  rds: readSample('05-rds-updated.json').detail,
  ec: readSample('07-elasticache-created.json').detail,
};

/** Generates the events in order of time. */
export function* generateSeedEvents(count: number, seed: number): Generator<SeedEvent> {
  const random = createRandom(seed);
  const drawDecision = createRandom(seed + 1);
  const drawUser = createZipf(200, zipfExponent, random);
  const drawName = createZipf(names, zipfExponent, random);
  const locations = drawLocations(random);
  for (let number = 0; number < count; number++) {
    const occurredAt = Math.floor(seedRange.fromMillis + ((number + random()) / count) * days * 86_400_000);
    const organization = random() < 0.9 ? measuredOrganization : random() < 0.5 ? 'globex' : 'initech';
    const name = drawName();
    const { account, region } = pickLocation(locations, name, random);
    const drawn = random();
    const action: Action = drawn < 0.25 ? 'CREATE' : drawn < 0.9 ? 'UPDATE' : 'DELETE';
    yield makeEvent({
      number,
      organization,
      occurredAt,
      user: drawUser(),
      name,
      accountId: String(100_000_000_000 + account),
      region,
      action,
      isDenied: drawDecision() < deniedShare,
    });
  }
}

interface Location {
  readonly account: number;
  readonly region: string;
}

const names = 2000;
const maxLocations = 3;

/** Assigns one to three accounts and regions to each name, like the environments of a service. */
function drawLocations(random: () => number): readonly (readonly Location[])[] {
  const drawAccount = createZipf(12, 1, random);
  return Array.from({ length: names }, () =>
    Array.from({ length: 1 + Math.floor(random() * maxLocations) }, () => {
      const account = drawAccount();
      const regionCount = 1 + ((account * 5) % regions.length);
      return { account, region: regions[Math.floor(random() ** 2 * regionCount)] ?? 'eu-west-1' };
    }),
  );
}

function pickLocation(
  locations: readonly (readonly Location[])[],
  name: number,
  random: () => number,
): Location {
  const candidates = locations[name] ?? [];
  return candidates[Math.floor(random() * candidates.length)] ?? { account: 0, region: 'eu-west-1' };
}

interface Drawn {
  readonly number: number;
  readonly organization: string;
  readonly occurredAt: number;
  readonly user: number;
  readonly name: number;
  readonly accountId: string;
  readonly region: string;
  readonly action: Action;
  readonly isDenied: boolean;
}

function makeEvent(drawn: Drawn): SeedEvent {
  const { number, organization, user, name, accountId, region, action, isDenied } = drawn;
  // Each name always has the same type.
  const type = (['service', 'rds', 'ec'] as const)[name % 3] ?? 'service';
  const isService = type === 'service';
  const kind = isService ? 'Service' : 'Resource';
  const label = isService ? `service-${name.toString(36)}` : `${type}-${name.toString(36).padStart(5, 'x')}`;
  const sample = samples[type];
  const after = { ...(sample.after as JsonObject), name: label, revision: number };
  const before = { ...((sample.before ?? sample.after) as JsonObject), name: label, revision: number - 1 };
  const time = new Date(drawn.occurredAt).toISOString();
  return {
    id: `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`,
    source: isService ? 'mayaops.services' : 'mayaops.resources',
    'detail-type': `${kind} ${{ CREATE: 'Created', UPDATE: 'Updated', DELETE: 'Deleted' }[action]}`,
    account: '210987654321',
    time,
    detail: {
      specVersion: '1',
      eventId: `seed-${number}`,
      occurredAt: time,
      organizationId: organization,
      actor: {
        userId: `u-${1000 + user}`,
        name: `User Number ${user}`,
        email: `user.${user}@${organization}.example`,
        type: 'user',
        role: (['Admin', 'Operator', 'Developer'] as const)[user % 3] ?? 'Admin',
        sourceIp: `198.51.100.${user}`,
      },
      authorization: {
        permission: `${kind}:${action}`.toLowerCase(),
        decision: isDenied ? 'DENIED' : 'ALLOWED',
      },
      accountId,
      region,
      environment: (['prod', 'test', 'sbox'] as const)[name % 3] ?? 'prod',
      target: {
        kind: isService ? 'SERVICE' : 'RESOURCE',
        type: isService ? 'ecs-service' : type,
        id: `${type}-${name}`,
        name: label,
        ...(isService ? {} : { serviceName: `service-${((name * 7) % 2000).toString(36)}` }),
      },
      ...(action === 'CREATE' ? {} : { before }),
      ...(action === 'DELETE' ? {} : { after }),
      requestId: `req-${number.toString(16)}`,
    },
  };
}
