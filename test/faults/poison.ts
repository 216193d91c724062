// Makes events invalid, and defines the outcome that the product must report for each.
import type { IssueCode } from '../../core/values/issue.ts';
import type { JsonObject } from '../../core/values/json.ts';
import type { Random } from '../../local/demo/random.ts';
import { plantSecret } from './planted-secret.ts';
import type { StormEvent } from './storm-event.ts';

export interface Poison {
  readonly kind: PoisonKind;
  /** The reasons that the rejected queue must contain. */
  readonly reasons: readonly { readonly path: string; readonly code: IssueCode }[];
  /**
   * Set when the body must be in the dead-letter queue under this code. The rejected queue then contains its
   * hash.
   */
  readonly deadLetterCode?: string;
}

type Poisoned = Pick<StormEvent, 'detail'> & Partial<StormEvent> & { readonly poison: Poison };

const dayMillis = 86_400_000;

/** An account that can only write for globex, by the local configuration. */
const foreignAccount = '111122223333';

/** Nested too deeply to be redacted. */
const unwalkableDepth = 600;
const forbiddenDepth = 40;

const makers = {
  'unknown region': (_, { detail }) =>
    rejected({ ...detail, region: 'nowhere' }, '/detail/region', 'INVALID_VALUE'),
  'unknown field': (_, { detail }) => rejected({ ...detail, color: 'red' }, '/detail/color', 'UNKNOWN_FIELD'),
  'missing field': (_, { detail }) => {
    const { accountId: _accountId, ...rest } = detail;
    return rejected(rest, '/detail/accountId', 'INVALID_VALUE');
  },
  'kind of another source': (_, { detail }) => {
    const target = detail.target as JsonObject;
    const kind = target.kind === 'SERVICE' ? 'RESOURCE' : 'SERVICE';
    return rejected({ ...detail, target: { ...target, kind } }, '/detail/target/kind', 'MISMATCH');
  },
  'state missing': (_, { detail }) => {
    // Drop the reason: it can quote a secret that only the states identify as one.
    const { before: _before, reason: _reason, ...rest } = detail;
    return {
      ...rejected({ ...rest, after: { revision: 1 } }, '/detail/before', 'MISSING_STATE'),
      ...updated(detail),
    };
  },
  'clock far ahead': (random, { detail }, baseMillis) => {
    const occurredAt = new Date(baseMillis + dayMillis + random.integer(0, 20 * dayMillis)).toISOString();
    return rejected({ ...detail, occurredAt }, '/detail/occurredAt', 'IN_THE_FUTURE');
  },
  'account of another organization': (_, { detail }) => ({
    ...rejected({ ...detail, organizationId: 'acme' }, '/detail/organizationId', 'PRODUCER_NOT_ALLOWED'),
    account: foreignAccount,
  }),
  'lone surrogate': (_, { detail }) =>
    rejected(
      { ...detail, ...states(detail, { note: 'x\ud800' }) },
      stateField(detail, 'note'),
      'MALFORMED_TEXT',
    ),
  'not JSON': (random, { number }) => ({
    detail: {},
    body: `{"storm":${number},"password":"${plantSecret(random)}"`,
    poison: { kind: 'not JSON', reasons: [{ path: '', code: 'NOT_JSON' }], deadLetterCode: 'NOT_JSON' },
  }),
  'too deep to redact': (_, event) => ({
    detail: {},
    body: JSON.stringify({ storm: event.number, detail: nest(unwalkableDepth) }),
    poison: {
      kind: 'too deep to redact',
      reasons: [{ path: '', code: 'TOO_DEEP' }],
      deadLetterCode: 'TOO_DEEP_TO_REDACT',
    },
  }),
  'too deep': (_, { detail }) => ({
    ...rejected({ ...detail, ...states(detail, { deep: nest(forbiddenDepth) }) }, anyPath, 'TOO_DEEP'),
  }),
} as const satisfies Record<
  string,
  (
    random: Random,
    event: StormEvent,
    baseMillis: number,
  ) => Omit<Poisoned, 'poison'> & { poison: Omit<Poison, 'kind'> }
>;

export type PoisonKind = keyof typeof makers;

export const poisonKinds = Object.keys(makers) as PoisonKind[];

/** Matches any path, where the product can choose. */
export const anyPath = '*';

/** Returns the changes that make a valid event invalid. */
export function poisonFor(kind: PoisonKind, random: Random, event: StormEvent, baseMillis: number): Poisoned {
  const made = makers[kind](random, event, baseMillis);
  return { ...made, poison: { ...made.poison, kind } };
}

function rejected(detail: JsonObject, path: string, code: IssueCode) {
  return { detail, poison: { reasons: [{ path, code }] } };
}

/** An update needs both states. */
function updated(detail: JsonObject) {
  const kind = (detail.target as JsonObject).kind === 'SERVICE' ? 'Service' : 'Resource';
  return { detailType: `${kind} Updated` } as const;
}

function stateName(detail: JsonObject): 'after' | 'before' {
  return detail.after === undefined ? 'before' : 'after';
}

function states(detail: JsonObject, more: JsonObject): JsonObject {
  const name = stateName(detail);
  return { [name]: { ...(detail[name] as JsonObject), ...more } };
}

function stateField(detail: JsonObject, field: string): string {
  return `/detail/${stateName(detail)}/${field}`;
}

function nest(depth: number): JsonObject {
  let value: JsonObject = { end: true };
  for (let level = 0; level < depth; level++) value = { in: value };
  return value;
}
