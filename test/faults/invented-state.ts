// Generates states of services and resources, small and large, with planted secrets in realistic fields.
import { createHash } from 'node:crypto';
import type { Kind } from '../../core/contract/vocabulary.ts';
import type { JsonObject } from '../../core/values/json.ts';
import type { Random } from '../../local/demo/random.ts';
import { plantSecret } from './planted-secret.ts';

export interface InventedState {
  readonly state: JsonObject;
  /** The planted secrets, by field. */
  readonly secrets: Readonly<Record<string, string>>;
}

const words = [
  'billing',
  'carries',
  'the',
  'orders',
  'of',
  'every',
  'shop',
  'since',
  'spring',
  'in',
  'two',
  'zones',
];

/** The fraction of large states, which are compressed with brotli instead of deflate. */
const largeShare = 0.01;

export function makeState(random: Random, kind: Kind, name: string): InventedState {
  const secret = plantSecret(random);
  const length = random.chance(largeShare) ? 6_000 : random.integer(0, 30);
  const common = {
    name,
    revision: random.integer(1, 1_000_000),
    notes: Array.from({ length }, () => random.pick(words)).join(' '),
  };
  return kind === 'SERVICE'
    ? {
        state: {
          ...common,
          taskCount: 2,
          environmentVariables: { DB_PASSWORD: secret, OLD_DB_PASSWORD: secret },
        },
        secrets: { DB_PASSWORD: secret },
      }
    : {
        state: {
          ...common,
          instanceClass: 'db.t4g.micro',
          masterUsername: 'app',
          masterUserPassword: secret,
        },
        secrets: { masterUserPassword: secret },
      };
}

/** Returns the next state: a new revision and, for a third of them, a new password. */
export function updateState(random: Random, { state, secrets }: InventedState): InventedState {
  const revision = Number(state.revision) + 1;
  const [field = '', old] = Object.entries(secrets)[0] ?? [];
  if (!random.chance(1 / 3)) return { state: { ...state, revision }, secrets };
  const secret = plantSecret(random);
  if (!('environmentVariables' in state)) {
    return { state: { ...state, revision, [field]: secret }, secrets: { [field]: secret } };
  }
  const environmentVariables = { DB_PASSWORD: secret, OLD_DB_PASSWORD: old ?? '' };
  return { state: { ...state, revision, environmentVariables }, secrets: { [field]: secret } };
}

/** Incompressible bytes. In base64, they exceed the limit of an item but not that of an event. */
const bulkBytes = 480_000;

/** A part of a state that does not fit an item. Its short words do not resemble secrets. */
export function makeBulk(about: string): JsonObject {
  const bytes = createHash('shake256', { outputLength: bulkBytes }).update(about).digest();
  const words =
    bytes
      .toString('base64')
      .replaceAll(/[+/=]/g, ' ')
      .match(/.{1,7}/g) ?? [];
  const perPiece = 250;
  const pieces = Array.from({ length: Math.ceil(words.length / perPiece) }, (_, piece) => [
    `part-${piece}`,
    words.slice(piece * perPiece, (piece + 1) * perPiece).join(' '),
  ]);
  return Object.fromEntries(pieces);
}
