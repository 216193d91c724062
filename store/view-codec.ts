// Encodes the list view for the indexes, with short names and without defaults, because every entry is billed
// at least six times.
import * as z from 'zod/mini';
import type { ActorType, Verdict } from '../core/contract/vocabulary.ts';
import { neededPermission } from '../core/contract/vocabulary.ts';
import type { ListItem } from '../core/entry/entry.ts';
import { lateAfterMillis } from '../core/entry/entry.ts';
import { timeOf } from '../core/entry/entry-id.ts';
import { viewExpiresAt } from '../core/storage/table-attributes.ts';
import { omitUndefined } from '../core/values/json.ts';
import { decodeHighlights, encodeHighlights } from './highlights-codec.ts';

const letters = {
  action: { CREATE: 'C', UPDATE: 'U', DELETE: 'D' },
  verdict: { PERMITTED: 'P', DENIED: 'D', VIOLATION: 'V', UNKNOWN_ROLE: 'U' },
} as const;

const actionOf = { C: 'CREATE', U: 'UPDATE', D: 'DELETE' } as const;
const verdictOf = {
  P: 'PERMITTED',
  D: 'DENIED',
  V: 'VIOLATION',
  U: 'UNKNOWN_ROLE',
} as const satisfies Record<string, Verdict>;

/** Omitted when default: `user.type` user, the required permission, decision ALLOWED, kind RESOURCE, no changes. */
const viewSchema = z.object({
  /** recordedAt, epoch milliseconds */
  w: z.number(),
  u: z.string(),
  un: z.optional(z.string()),
  /** 1 for an actor that is a service or an agent */
  us: z.optional(z.literal(1)),
  /** 1 for an actor that is an agent; earlier releases read it as a service */
  ag: z.optional(z.literal(1)),
  o: z.string(),
  p: z.optional(z.string()),
  /** 1 for a denied attempt */
  x: z.optional(z.literal(1)),
  z: z.enum(['P', 'D', 'V', 'U']),
  a: z.string(),
  r: z.string(),
  e: z.optional(z.string()),
  c: z.enum(['C', 'U', 'D']),
  /** 1 for a service */
  s: z.optional(z.literal(1)),
  t: z.string(),
  i: z.string(),
  n: z.string(),
  sn: z.optional(z.string()),
  h: z.optional(z.array(z.string())),
  q: z.optional(z.number()),
  /** highlights at the first paths, as JSON: DynamoDB's numbers do not hold every double */
  hv: z.optional(z.string()),
  /** expiresAt, epoch seconds */
  [viewExpiresAt]: z.optional(z.number()),
});

export type View = z.infer<typeof viewSchema>;

/** Encodes the list view of an entry. */
export function encodeView(item: ListItem): View {
  const { user, target } = item;
  const isDefaultPermission = item.permission === neededPermission(target.kind, item.action);
  return omitUndefined({
    w: Date.parse(item.recordedAt),
    u: user.id,
    un: user.name,
    us: user.type === 'user' ? undefined : 1,
    ag: user.type === 'agent' ? 1 : undefined,
    o: item.role,
    p: isDefaultPermission ? undefined : item.permission,
    x: item.decision === 'DENIED' ? 1 : undefined,
    z: letters.verdict[item.verdict],
    a: item.accountId,
    r: item.region,
    e: item.environment,
    c: letters.action[item.action],
    s: target.kind === 'SERVICE' ? 1 : undefined,
    t: target.type,
    i: target.id,
    n: target.name,
    sn: target.serviceName,
    h: item.changedPaths.length > 0 ? [...item.changedPaths] : undefined,
    q: item.changeCount > 0 ? item.changeCount : undefined,
    hv: item.highlights.length > 0 ? encodeHighlights(item.highlights) : undefined,
    [viewExpiresAt]: item.expiresAt,
  });
}

function actorTypeOf({ us, ag }: View): ActorType {
  if (ag === 1) return 'agent';
  return us === 1 ? 'service' : 'user';
}

/** Decodes a stored list view. Fails when it is not valid. */
export function decodeView(organizationId: string, id: string, stored: unknown): ListItem {
  const view = viewSchema.parse(stored);
  const action = actionOf[view.c];
  const kind = view.s === 1 ? 'SERVICE' : 'RESOURCE';
  const occurredAt = timeOf(id);
  return omitUndefined<ListItem>({
    id,
    timestamp: new Date(occurredAt).toISOString(),
    recordedAt: new Date(view.w).toISOString(),
    late: view.w - occurredAt > lateAfterMillis,
    organizationId,
    user: omitUndefined({ id: view.u, name: view.un, type: actorTypeOf(view) }),
    role: view.o,
    permission: view.p ?? neededPermission(kind, action),
    decision: view.x === 1 ? 'DENIED' : 'ALLOWED',
    verdict: verdictOf[view.z],
    accountId: view.a,
    region: view.r,
    environment: view.e,
    action,
    target: omitUndefined({ kind, type: view.t, id: view.i, name: view.n, serviceName: view.sn }),
    changedPaths: view.h ?? [],
    changeCount: view.q ?? 0,
    highlights: view.hv === undefined ? [] : decodeHighlights(view.hv, view.h ?? []),
    expiresAt: view[viewExpiresAt],
  });
}
