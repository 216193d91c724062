// Generates events of a given size whose redaction takes the most CPU time, one per shape. The benchmark and the test
// that counts the characters that redaction reads use them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventDetail } from '../core/contract/event.ts';
import type { JsonObject } from '../core/values/json.ts';

/** The largest event that EventBridge accepts, in bytes. */
export const maxEventBytes = 1024 * 1024;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');
const percent = (text: string) =>
  Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const unicode = (text: string) =>
  Array.from(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

type Encode = (text: string) => string;

/** Returns a large JSON document without secrets. */
function documentOf(bytes: number): string {
  const rows: string[] = [];
  for (let length = 2, index = 0; length < bytes; index++) {
    const row = `"setting-${index}":"value ${index} of orders-api"`;
    rows.push(row);
    length += row.length + 1;
  }
  return `{${rows.join(',')}}`;
}

/** Returns JSON in base64 in JSON, `depth` levels deep. `bytes` is the approximate length of the outermost string. */
function nested(bytes: number, encode: Encode, growth: number, depth: number): string {
  let text = documentOf(bytes / growth ** depth);
  for (let level = 0; level < depth; level++) {
    const encoded = encode(text);
    text = level === depth - 1 ? encoded : JSON.stringify({ data: encoded });
  }
  return text;
}

/** Returns an object with many members, about `bytes` long. */
function many(bytes: number, member: (index: number) => readonly [string, unknown]): JsonObject {
  const members: (readonly [string, unknown])[] = [];
  for (let length = 0, index = 0; length < bytes; index++) {
    const one = member(index);
    members.push(one);
    length += JSON.stringify(one).length;
  }
  return Object.fromEntries(members) as JsonObject;
}

const filled = (piece: string, length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Returns pseudorandom text that is the same in each run. */
function randomText(length: number, alphabet: string, seed: number): string {
  let state = seed * 2654435761 + 12345;
  let text = '';
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += alphabet.charAt((state >>> 8) % alphabet.length);
  }
  return text;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Generators of the state `after` for an event of about `bytes` bytes, by shape. */
export const worstStates: Readonly<Record<string, (bytes: number) => JsonObject>> = {
  'JSON in base64, one deep': (bytes) => ({ data: nested(bytes, base64, 4 / 3, 1) }),
  'JSON in base64, two deep': (bytes) => ({ data: nested(bytes, base64, 4 / 3, 2) }),
  'JSON in base64, three deep': (bytes) => ({ data: nested(bytes, base64, 4 / 3, 3) }),
  'JSON in base64, five deep': (bytes) => ({ data: nested(bytes, base64, 4 / 3, 5) }),
  'JSON in base64, twelve deep': (bytes) => ({ data: nested(bytes, base64, 4 / 3, 12) }),
  'base64 in base64, eight deep': (bytes) => {
    let text = documentOf(bytes / (4 / 3) ** 8);
    for (let level = 0; level < 8; level++) text = base64(text);
    return { data: text };
  },
  'JSON in base64, three deep, under a secret name': (bytes) => ({
    password: nested(bytes, base64, 4 / 3, 3),
  }),
  'JSON in base64, two deep, as environment variables': (bytes) => ({
    environmentVariables: { A: nested(bytes, base64, 4 / 3, 2) },
  }),
  'many secrets in base64 of JSON': (bytes) =>
    many(bytes, (index) => [
      `config${index}`,
      base64(JSON.stringify({ password: `s3cret-${index}-x`, host: 'db' })),
    ]),
  'many strings of JSON in base64, three deep': (bytes) =>
    many(bytes, (index) => [`config${index}`, nested(2_000, base64, 4 / 3, 3)]),
  'many short strings in base64': (bytes) =>
    many(bytes, (index) => [`note${index}`, base64(`the value ${index} of orders`)]),
  'one text of many base64 words': (bytes) => ({
    note: Array.from({ length: bytes / 49 }, (_, index) =>
      base64(`the value number ${index} of the orders`),
    ).join(' '),
  }),
  'base64 of base64 words': (bytes) => ({
    note: base64(
      Array.from({ length: bytes / 66 }, (_, index) =>
        base64(`the value number ${index} of the orders`),
      ).join(' '),
    ),
  }),
  'JSON in hexadecimal, two deep': (bytes) => ({ data: nested(bytes, hex, 2, 2) }),
  'JSON in percent-encoding, two deep': (bytes) => ({ data: nested(bytes, percent, 3, 2) }),
  'percent-encoded text': (bytes) => ({
    password: 'k3y-of-the-orders',
    note: filled(percent('the value '), bytes),
  }),
  'percent signs escaped many times': (bytes) => ({
    password: 'k3y-of-the-orders',
    note: filled(`%${'25'.repeat(200)}40`, bytes),
  }),
  'escaped text': (bytes) => ({
    password: 'k3y-of-the-orders',
    note: filled(unicode('the value '), bytes / 1.15),
  }),
  backslashes: (bytes) => ({ password: 'k3y-of-the-orders', note: filled('\\\\\\"', bytes / 2) }),
  'JSON in JSON, four deep': (bytes) => {
    let text = documentOf(bytes / 5);
    for (let level = 0; level < 4; level++) text = JSON.stringify({ data: text });
    return { data: text };
  },
  'JSON in JSON, many members, four deep': (bytes) =>
    many(bytes, (index) => {
      let text = JSON.stringify({ setting: 'value of orders', count: index });
      for (let level = 0; level < 4; level++) text = JSON.stringify({ data: text });
      return [`m${index}`, text];
    }),
  'many known secrets and long text': (bytes) => ({
    ...many(bytes / 2, (index) => [`password${index}`, randomText(16, letters, index)]),
    note: filled('what the orders of today are is not to be told here ', bytes / 2),
  }),
  'many known secrets, all quoted': (bytes) => ({
    ...many(bytes / 2, (index) => [`password${index}`, randomText(16, letters, index)]),
    note: Array.from({ length: bytes / 40 }, (_, index) => randomText(16, letters, index)).join(' '),
  }),
  'many known secrets and base64': (bytes) => ({
    ...many(bytes / 2, (index) => [`password${index}`, randomText(16, letters, index)]),
    note: nested(bytes / 2, base64, 4 / 3, 3),
  }),
  'many known secrets with a common start': (bytes) => ({
    ...many(bytes / 2, (index) => [`password${index}`, `same-start-${index}`]),
    note: filled('same-start-', bytes / 2),
  }),
  'many known secrets, all quoted in base64': (bytes) => ({
    ...many(bytes / 2, (index) => [`password${index}`, randomText(16, letters, index)]),
    note: Array.from({ length: bytes / 52 }, (_, index) => base64(randomText(16, letters, index))).join(' '),
  }),
  'many known secrets with a common start, in base64': (bytes) => ({
    ...many(bytes / 2, (index) => [`password${index}`, `same-start-${index}`]),
    note: Array.from({ length: bytes / 54 }, (_, index) =>
      base64(`${' '.repeat(index % 3)}same-start-${index}`),
    ).join(' '),
  }),
  'long known secrets': (bytes) => ({
    ...many(bytes / 2, (index) => [`password${index}`, `x1${'-'.repeat(2000)}${index}`]),
    note: filled('x1--------------', bytes / 2),
  }),
  'keys that are credentials': (bytes) =>
    many(bytes, (index) => [`ghp_${randomText(36, letters, index)}`, index]),
  'labels and values': (bytes) =>
    many(bytes, (index) => [`p${index}`, { name: 'DB_PASSWORD', value: `secret-${index}` }]),
  'environment list': (bytes) => ({
    environment: Array.from({ length: bytes / 55 }, (_, index) => ({
      name: `VARIABLE_${index}`,
      value: `value-of-${index}`,
    })),
  }),
  'environment lines': (bytes) => ({
    environment: Array.from({ length: bytes / 32 }, (_, index) => `VARIABLE_${index}=value-of-${index}`),
  }),
  'environment text': (bytes) => ({
    environmentVariables: Array.from(
      { length: bytes / 32 },
      (_, index) => `VARIABLE_${index}=value-of-${index}`,
    ).join('\n'),
  }),
  'private keys': (bytes) => ({
    note: filled(`-----BEGIN PRIVATE KEY-----\n${randomText(64, letters, 1)}\n`, bytes),
  }),
  certificates: (bytes) => ({
    note: filled(`-----BEGIN CERTIFICATE-----\nMI${randomText(62, letters, 1)}\n`, bytes),
  }),
  URLs: (bytes) => ({ note: filled('https://a:b@example.com/?a=b@c ', bytes) }),
  'URLs without an end': (bytes) => ({ note: filled('postgres://a:b', bytes) }),
  assignments: (bytes) => ({ note: filled('password=Rk3vT9mQ user=app ', bytes) }),
  'many distinct names of secrets': (bytes) =>
    many(bytes, (index) => [`${randomText(6, letters, index)}Password`, 'to be set']),
  'names of secrets': (bytes) => ({ note: filled('password token ', bytes) }),
  'open brackets': (bytes) => ({ note: filled('password: [', bytes) }),
  'open quotes': (bytes) => ({ note: filled('password="""', bytes) }),
  tokens: (bytes) => ({ note: filled('ghp_abcdefghijklmnopqrstuvwxyz0123456789 ', bytes) }),
  'dotted words': (bytes) => ({ note: filled('eyJhbGciOiJ.', bytes) }),
  'random text': (bytes) => ({ note: randomText(bytes, letters, 7) }),
  'random words': (bytes) => ({ note: randomText(bytes, `${letters}    `, 7) }),
  markers: (bytes) => ({ note: filled('[REDACTED:1] ', bytes) }),
  'deep nesting': (bytes) => {
    let value: JsonObject = { note: filled('a value of orders ', bytes - 6 * 90) };
    for (let level = 0; level < 90; level++) value = { a: value };
    return value;
  },
  'many numbers': (bytes) => ({ list: Array.from({ length: bytes / 8 }, (_, index) => 1_000_000 + index) }),
  'many distinct names': (bytes) => many(bytes, (index) => [`someOrdinaryFieldName${index}`, index]),
  'many distinct texts': (bytes) => many(bytes, (index) => [`note${index}`, `orders-api of stage ${index}`]),
  'JSON of environment variables in JSON': (bytes) => ({
    environmentVariables: JSON.stringify({
      environment: JSON.stringify(JSON.parse(documentOf(bytes / 1.5))),
    }),
  }),
  'command lines': (bytes) => ({ note: filled('mysql -u app -pRk3vT9mQ orders; ', bytes) }),
  XML: (bytes) => ({ note: filled('<a name="password">x</a>', bytes / 1.2) }),
};

/** Returns the detail with this state after the action. */
export function worstDetail(base: EventDetail, state: JsonObject): EventDetail {
  return { ...base, after: state };
}

/** What an event has besides its state. */
const envelopeBytes = 3 * 1024;

/** Returns the detail of the largest event with this shape. Throws if there is no such shape. */
export function worstEventOf(shape: string): EventDetail {
  const makeState = worstStates[shape];
  if (makeState === undefined) throw new Error(`No shape ${JSON.stringify(shape)}`);
  const sample = join(import.meta.dirname, '..', 'test', 'fixtures', 'events', '05-rds-updated.json');
  const { detail } = JSON.parse(readFileSync(sample, 'utf8')) as { detail: EventDetail };
  return worstDetail(detail, makeState(maxEventBytes - envelopeBytes));
}
