// Computes the expected log entry of a valid event from the event alone, without any code of the recorder.
import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../core/values/json.ts';
import { withMarkers } from './planted-secret.ts';
import type { StormEvent } from './storm-event.ts';

export interface ExpectedEntry {
  readonly id: string;
  /** The partition key in the base table. */
  readonly key: string;
  /** The partition key of each index that contains the entry, by attribute. */
  readonly partitions: Readonly<Partial<Record<'t' | 'u' | 'a' | 'r' | 'n' | 'f', string>>>;
  /** Every field that does not depend on the time and path of delivery. */
  readonly fields: JsonObject;
  /** The differences between the states, by path. */
  readonly changes: ReadonlyMap<string, Difference>;
}

interface Difference {
  readonly before: JsonValue;
  readonly after: JsonValue;
}

const actions = { Created: 'CREATE', Updated: 'UPDATE', Deleted: 'DELETE' } as const;

/** From the role map of the local configuration. */
const grants: Readonly<Record<string, (needed: string) => string | undefined>> = {
  Admin: () => '*',
  Operator: (needed) => `${needed.split(':')[0]}:*`,
  Developer: (needed) => {
    if (needed.startsWith('service:')) return 'service:*';
    return needed === 'resource:delete' ? undefined : needed;
  },
  Viewer: () => undefined,
};

/** Returns the entry of the event's own content, or of the rival content under the same identity. */
export function expectEntry(event: StormEvent, detail: JsonObject = event.detail): ExpectedEntry {
  const redacted = withMarkers(detail);
  const { actor, authorization, target, occurredAt, organizationId, eventId, before, after } = redacted as {
    [key: string]: JsonValue;
    actor: JsonObject;
    authorization: JsonObject;
    target: JsonObject;
  };
  const action = actions[event.detailType.split(' ')[1] as keyof typeof actions];
  const organization = String(organizationId);
  const occurredAtMillis = Date.parse(String(occurredAt));
  const identity = sha256(canonical([organization, event.source, String(eventId)]));
  const hash = base32(BigInt(`0x${identity.slice(0, 20)}`), 16);
  const id = base32(BigInt(occurredAtMillis), 10) + hash;
  const { userId, role, onBehalfOf, ...person } = actor;
  const needed = `${String(target.kind)}:${action}`.toLowerCase();
  const grant = grants[String(role)]?.(needed);
  const verdict = verdictOf(String(authorization.decision), String(role), grant);
  return {
    id,
    key: `${organization}#${hash}`,
    partitions: {
      t: `${organization}#0`,
      u: `${organization}#${escaped(userId)}#0`,
      a: `${organization}#${action}#0`,
      r: `${organization}#${redacted.accountId}#${redacted.region}#0`,
      n: `${organization}#${escaped(target.name)}#0`,
      ...(verdict === 'PERMITTED' ? {} : { f: `${organization}#${verdict}#0` }),
    },
    fields: {
      ...without(redacted, ['specVersion', 'occurredAt', 'actor', 'authorization']),
      id,
      timestamp: new Date(occurredAtMillis).toISOString(),
      user: {
        id: userId ?? null,
        ...person,
        ...(onBehalfOf === undefined ? {} : { onBehalfOf: renamed(onBehalfOf as JsonObject) }),
      },
      role: role ?? null,
      ...authorization,
      verdict,
      ...(grant === undefined ? {} : { grant }),
      roleKnown: Object.hasOwn(grants, String(role)),
      action,
      source: event.source,
      contentHash: sha256(canonical({ source: event.source, action, detail: redacted })),
    },
    changes: new Map(before === undefined || after === undefined ? [] : differences(before, after, '')),
  };
}

function verdictOf(decision: string, role: string, grant: string | undefined): string {
  if (decision === 'DENIED') return 'DENIED';
  if (!Object.hasOwn(grants, role)) return 'UNKNOWN_ROLE';
  return grant === undefined ? 'VIOLATION' : 'PERMITTED';
}

function renamed({ userId, ...person }: JsonObject): JsonObject {
  return { id: userId ?? null, ...person };
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The storm's states consist of nested objects and scalar values, without lists. */
function differences(before: JsonValue, after: JsonValue, path: string): [string, Difference][] {
  if (canonical(before) === canonical(after)) return [];
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null)
    return [[path, { before, after }]];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) =>
    differences((before as JsonObject)[key] ?? null, (after as JsonObject)[key] ?? null, `${path}/${key}`),
  );
}

/** JSON with sorted keys (RFC 8785, for the values that the storm uses). */
export function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key] as JsonValue)}`).join(',')}}`;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function base32(value: bigint, length: number): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  let text = '';
  for (let rest = value; text.length < length; rest /= 32n) text = digits.charAt(Number(rest % 32n)) + text;
  return text;
}

function escaped(part: JsonValue | undefined): string {
  return String(part).replaceAll('%', '%25').replaceAll('#', '%23');
}
