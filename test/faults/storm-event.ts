// Generates event number n of a seed as a service would emit it: valid or, one in a hundred, invalid. The tag in
// `requestId` identifies the event in everything that is found later.
import type { Action, DetailType, EventSource, Kind } from '../../core/contract/vocabulary.ts';
import type { JsonObject } from '../../core/values/json.ts';
import type { Random } from '../../local/demo/random.ts';
import { makeBulk, makeState, updateState } from './invented-state.ts';
import { type Poison, poisonFor, poisonKinds } from './poison.ts';
import { randomFor } from './seeded.ts';

/** How an event reaches the recorder's queue: on the bus, or directly. */
export type StormEvent = {
  readonly number: number;
  /** Why the event is invalid. Absent when it is valid. */
  readonly poison?: Poison;
  /** The account that puts it on the bus. */
  readonly account: string;
  readonly source: EventSource;
  readonly detailType: DetailType;
  readonly detail: JsonObject;
  /** Different content under the same identity, sent as often. Only one of the two can become the entry. */
  readonly rival?: JsonObject;
  /** The body to send directly to the queue, because the bus would not accept it. */
  readonly body?: string;
};

export const ownAccount = '210987654321';

const minuteMillis = 60_000;
const dayMillis = 86_400_000;

export const stormOrganizations = ['acme', 'globex', 'umbrella-2'] as const;
const accounts = ['123456789012', '210987654321', '345678901234'];
const regions = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];
/** Roles of the default role map, and one unknown role. */
const roles = ['Admin', 'Operator', 'Developer', 'Viewer', 'Contractor'] as const;

const usersOfOrganization = 40;
const namesOfOrganization = 60;
/** One in this many events is invalid, has two contents, or has states that do not fit an item. */
const oneIn = { poisoned: 100, contested: 200, large: 300 } as const;

/** One in this many events has a trace id, which contains a secret and appears in the recorder's logs. */
const tracedEvery = 5;

/** One in this many events has a work reference, which contains a secret, and AWS request IDs. */
const linkedEvery = 7;

/** Returns the tag of an event. */
export function tagOf(number: number): string {
  return `storm-${number}`;
}

/** Returns the number in a tag, or `undefined`. */
export function numberOf(tag: unknown): number | undefined {
  const digits = typeof tag === 'string' ? /^storm-(\d+)$/.exec(tag)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

/** `baseMillis` is when the storm first reached the event. Its times are relative to that. */
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

/**
 * From this number on, only one in ten of the chosen events is large, because redacting one takes as long as
 * recording a hundred others.
 */
const fewerLargeFrom = 3_000;

/** Whether the states of the event exceed the item limit. */
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

/** Chooses exactly one number of each group of 100, 200 or 300. */
function isChosen(seed: number, number: number, category: keyof typeof oneIn): boolean {
  const group = Math.floor(number / oneIn[category]);
  const chosen = randomFor(seed, `${category} ${group}`).integer(0, oneIn[category] - 1);
  return number % oneIn[category] === chosen;
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
        type: person % 7 === 0 ? 'service' : person % 11 === 0 ? 'agent' : 'user',
        role: roles[person % roles.length] ?? 'Admin',
        ...(random.chance(0.7) ? { sourceIp: `198.51.100.${person}`, userAgent: 'Mozilla/5.0 (X11)' } : {}),
        ...(person % 11 === 0 ? { onBehalfOf: { userId: 'u-1', name: 'Person 1' } } : {}),
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
      ...(number % linkedEvery === 0
        ? {
            workRef: `https://tickets.example/${number}?token=${secret}`,
            awsRequestIds: [awsRequestIdOf(number), `STORM${String(number).padStart(11, '0')}`],
          }
        : {}),
      ...(random.chance(0.2)
        ? { reason: `agreed upon, ${action === 'DELETE' ? 'old' : secret} is in use` }
        : {}),
    },
  };
}

function awsRequestIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Mostly long ago, sometimes recent, and sometimes ahead of the clock as far as the contract allows. */
function occurredAtMillis(random: Random, baseMillis: number): number {
  const skew = random.weighted({ past: 85, now: 8, ahead: 7 });
  if (skew === 'now') return baseMillis;
  return skew === 'ahead'
    ? baseMillis + random.integer(1, 12 * minuteMillis)
    : baseMillis - random.integer(1, 30 * dayMillis);
}

/** Some ids and names contain the characters that join and escape keys. */
function userIdOf(person: number): string {
  return person % 8 === 0 ? `u#${person}%23` : `u-${person}`;
}

function nameOf(kind: Kind, number: number): string {
  const plain = `${kind === 'SERVICE' ? 'service' : 'db'}-${number}`;
  return number % 9 === 0 ? `${plain}#%` : plain;
}

/** The same identity with different content: another time, state or target. */
function makeRival(random: Random, detail: JsonObject): JsonObject {
  const occurredAt = new Date(Date.parse(String(detail.occurredAt)) - 1).toISOString();
  const target = { ...(detail.target as JsonObject), name: 'rival-db' };
  return random.pick<JsonObject>([
    { ...detail, occurredAt },
    { ...detail, target },
    { ...detail, reason: 'another' },
  ]);
}
