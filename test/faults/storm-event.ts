// Event number n of a seed: what a service would put on the bus, valid or, one in a hundred, poisoned. The tag in
// `requestId` says which event anything found later came from.
import type { Action, DetailType, EventSource, Kind } from '../../core/contract/vocabulary.ts';
import type { JsonObject } from '../../core/values/json.ts';
import type { Random } from '../../local/demo/random.ts';
import { makeBulk, makeState, updateState } from './invented-state.ts';
import { type Poison, poisonFor, poisonKinds } from './poison.ts';
import { randomFor } from './seeded.ts';

/** How an event reaches the recorder's queue: as one on the bus, or past it. */
export type StormEvent = {
  readonly number: number;
  /** Why it is no entry; absent when it is one. */
  readonly poison?: Poison;
  /** The account that puts it on the bus. */
  readonly account: string;
  readonly source: EventSource;
  readonly detailType: DetailType;
  readonly detail: JsonObject;
  /** Another content under the same identity, sent as often: only one of the two may become the entry. */
  readonly rival?: JsonObject;
  /** Put into the queue as it is, since the bus would not take it. */
  readonly body?: string;
};

export const ownAccount = '210987654321';

const minuteMillis = 60_000;
const dayMillis = 86_400_000;

export const stormOrganizations = ['acme', 'globex', 'umbrella-2'] as const;
const accounts = ['123456789012', '210987654321', '345678901234'];
const regions = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];
/** Roles of the default role map, and one that it does not know. */
const roles = ['Admin', 'Operator', 'Developer', 'Viewer', 'Contractor'] as const;

const usersOfOrganization = 40;
const namesOfOrganization = 60;
/** One of so many events is poisoned, one is sent with two contents, and the states of one do not fit an item. */
const oneIn = { poisoned: 100, contested: 200, large: 300 } as const;

/** One event of so many has a trace id, which the recorder's log lines tell, and a secret in it. */
const tracedEvery = 5;

/** The tag that an event carries through everything. */
export function tagOf(number: number): string {
  return `storm-${number}`;
}

/** The number in a tag, or `undefined`. */
export function numberOf(tag: unknown): number | undefined {
  const digits = typeof tag === 'string' ? /^storm-(\d+)$/.exec(tag)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

/** `baseMillis` is when the storm first came to the event; its times are relative to that. */
export function makeStormEvent(seed: number, number: number, baseMillis: number): StormEvent {
  const random = randomFor(seed, `event ${number}`);
  const valid = enlarge(seed, makeValid(random, number, baseMillis));
  if (isChosen(seed, number, 'poisoned')) {
    const turn = Math.floor(number / oneIn.poisoned) % poisonKinds.length;
    const kind = poisonKinds[turn] ?? 'unknown field';
    return { ...valid, ...poisonFor(kind, random, valid, baseMillis) };
  }
  if (!isChosen(seed, number, 'contested')) return valid;
  return { ...valid, rival: makeRival(random, valid.detail) };
}

/** From this number on only one in ten of the chosen is large: redacting one takes as long as recording a hundred others. */
const fewerLargeFrom = 3_000;

/** Whether the event's states are larger than what an item holds. */
export function isLarge(seed: number, number: number): boolean {
  const isThinned = number >= fewerLargeFrom && Math.floor(number / oneIn.large) % 10 !== 0;
  return !isThinned && isChosen(seed, number, 'large');
}

function enlarge(seed: number, event: StormEvent): StormEvent {
  if (!isLarge(seed, event.number)) return event;
  const name = event.detail.after === undefined ? 'before' : 'after';
  const state = { ...(event.detail[name] as JsonObject), bulk: makeBulk(`${seed}/${event.number}`) };
  return { ...event, detail: { ...event.detail, [name]: state } };
}

/** Exactly one number of each hundred, or two hundred, is chosen. */
function isChosen(seed: number, number: number, fate: keyof typeof oneIn): boolean {
  const group = Math.floor(number / oneIn[fate]);
  const chosen = randomFor(seed, `${fate} ${group}`).integer(0, oneIn[fate] - 1);
  return number % oneIn[fate] === chosen;
}

function makeValid(random: Random, number: number, baseMillis: number): StormEvent {
  const kind: Kind = random.chance(0.5) ? 'SERVICE' : 'RESOURCE';
  const action: Action = random.weighted({ CREATE: 25, UPDATE: 60, DELETE: 15 });
  const source = kind === 'SERVICE' ? 'mayaops.services' : 'mayaops.resources';
  const past = { CREATE: 'Created', UPDATE: 'Updated', DELETE: 'Deleted' } as const;
  const organizationId = random.pick(stormOrganizations);
  const person = random.integer(1, usersOfOrganization);
  const name = nameOf(kind, random.integer(1, namesOfOrganization));
  const before = makeState(random, kind, name);
  const after = action === 'UPDATE' ? updateState(random, before) : makeState(random, kind, name);
  const secret = Object.values(after.secrets)[0];
  return {
    number,
    account: ownAccount,
    source,
    detailType: `${kind === 'SERVICE' ? 'Service' : 'Resource'} ${past[action]}`,
    detail: {
      specVersion: '1',
      eventId: `evt:${random.text(10)}.${number}`,
      occurredAt: new Date(occurredAtMillis(random, baseMillis)).toISOString(),
      organizationId,
      actor: {
        userId: userIdOf(person),
        name: `Person ${person}`,
        ...(person % 5 === 0 ? {} : { email: `person.${person}@${organizationId}.example` }),
        type: person % 7 === 0 ? 'service' : 'user',
        role: roles[person % roles.length] ?? 'Admin',
        ...(random.chance(0.7) ? { sourceIp: `198.51.100.${person}`, userAgent: 'Mozilla/5.0 (X11)' } : {}),
      },
      authorization: {
        permission: `${kind}:${action}`.toLowerCase(),
        decision: random.chance(0.05) ? 'DENIED' : 'ALLOWED',
      },
      accountId: random.pick(accounts),
      region: random.pick(regions),
      ...(random.chance(0.8) ? { environment: random.pick(['prod', 'test']) } : {}),
      target: {
        kind,
        type: kind === 'SERVICE' ? 'ecs-service' : random.pick(['rds', 'ec']),
        id: `id-${name}`,
        name,
        ...(kind === 'RESOURCE' && random.chance(0.4) ? { serviceName: nameOf('SERVICE', 1) } : {}),
      },
      ...(action === 'CREATE' ? {} : { before: before.state }),
      ...(action === 'DELETE' ? {} : { after: after.state }),
      requestId: tagOf(number),
      ...(number % tracedEvery === 0 ? { traceId: `password=${secret}` } : {}),
      ...(random.chance(0.2)
        ? { reason: `agreed upon, ${action === 'DELETE' ? 'old' : secret} is in use` }
        : {}),
    },
  };
}

/** Mostly long ago, some just now, some by a clock that is ahead, as far as the contract bears with it. */
function occurredAtMillis(random: Random, baseMillis: number): number {
  const skew = random.weighted({ past: 85, now: 8, ahead: 7 });
  if (skew === 'now') return baseMillis;
  return skew === 'ahead'
    ? baseMillis + random.integer(1, 12 * minuteMillis)
    : baseMillis - random.integer(1, 30 * dayMillis);
}

/** Some ids and names hold the characters that keys are joined and escaped with. */
function userIdOf(person: number): string {
  return person % 8 === 0 ? `u#${person}%23` : `u-${person}`;
}

function nameOf(kind: Kind, number: number): string {
  const plain = `${kind === 'SERVICE' ? 'service' : 'db'}-${number}`;
  return number % 9 === 0 ? `${plain}#%` : plain;
}

/** The same identity with another content: another time, state or target. */
function makeRival(random: Random, detail: JsonObject): JsonObject {
  const occurredAt = new Date(Date.parse(String(detail.occurredAt)) - 1).toISOString();
  const target = { ...(detail.target as JsonObject), name: 'rival-db' };
  return random.pick<JsonObject>([
    { ...detail, occurredAt },
    { ...detail, target },
    { ...detail, reason: 'another' },
  ]);
}
