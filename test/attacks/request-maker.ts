// Generates requests from the API document. For every operation: parameters that are valid, at or beyond their
// limits, of other types, repeated, too long, encoded twice, or unknown, and unexpected headers and methods.
import { apiDocument, resolve } from '../support/api-document.ts';
import { payloads } from './payloads.ts';
import { alphanumeric, type Seeded } from './seeded.ts';

export interface MadeRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Real values that a request can use. All others are generated. */
export interface Known {
  readonly tokens: readonly string[];
  readonly ids: readonly string[];
  readonly cursors: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: the document is untyped JSON
type Loose = any;

const reads = Object.entries<Loose>(apiDocument.paths).filter(([, { get }]) => get !== undefined);

const operations = reads.map(([path, { get }]) => ({
  path,
  parameters: (get.parameters ?? []).map(resolve) as Loose[],
}));

const queryNames = [
  ...new Set(operations.flatMap(({ parameters }) => parameters.map(({ name }) => String(name)))),
];

/** Generates one request of any kind. Most are almost valid, so that they pass the first check. */
export function makeRequest(seeded: Seeded, known: Known): MadeRequest {
  const { path, parameters } = seeded.one(operations);
  const rawPath = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => pathValue(seeded, name, known));
  const query = queryOf(
    seeded,
    parameters.filter(({ in: place }) => place === 'query'),
    known,
  );
  const isOdd = seeded.chance(0.04);
  return {
    method: seeded.chance(0.95)
      ? 'GET'
      : seeded.one(['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND']),
    target: (isOdd ? bend(seeded, rawPath) : rawPath) + (query === '' ? '' : `?${query}`),
    headers: headersOf(seeded, known),
  };
}

function pathValue(seeded: Seeded, name: string, known: Known): string {
  if (seeded.chance(0.7)) {
    return name === 'id' ? seeded.one(known.ids) : seeded.one(['users', 'accounts', 'regions', 'resources']);
  }
  return encodeURIComponent(
    seeded.one([
      ...payloads,
      seeded.text(26),
      '01KA0000000000000000000000',
      seeded.text(900),
      'USERS',
      '.',
      '..',
    ]),
  );
}

/** Returns a path that is similar to an existing one. */
function bend(seeded: Seeded, path: string): string {
  return seeded.one([
    `${path}/`,
    `/${path}`,
    `${path}/..`,
    `${path};x=1`,
    path.toUpperCase(),
    `${path}%00`,
    `${path}%2f`,
    `${path}%`,
    path.replace('request', 'r%65quest'),
    `/%2e%2e${path}`,
    '/',
    '/favicon.ico',
    `${path}.json`,
  ]);
}

function queryOf(seeded: Seeded, parameters: readonly Loose[], known: Known): string {
  const pairs: string[] = [];
  for (const { name, required, schema } of parameters) {
    if (!required && !seeded.chance(1.6 / parameters.length)) continue;
    const times = seeded.chance(0.08) ? seeded.int(2, 4) : 1;
    for (let time = 0; time < times; time++)
      pairs.push(`${name}=${encode(seeded, valueUnder(seeded, name, resolve(schema), known))}`);
  }
  if (seeded.chance(0.06))
    pairs.push(
      `${encode(seeded, seeded.one([...queryNames, ...payloads]))}=${encode(seeded, seeded.one(payloads))}`,
    );
  if (seeded.chance(0.01)) pairs.push(`user=${seeded.text(seeded.int(2000, 12_000))}`);
  if (seeded.chance(0.02))
    pairs.push(seeded.one(['&&', '=', '=&=', '?', '%', '%zz', '#x', '[]=1', 'user[]=1', 'user[$ne]=', '+']));
  return pairs.join('&');
}

function encode(seeded: Seeded, text: string): string {
  const once = encodeURIComponent(text.toWellFormed());
  if (seeded.chance(0.92)) return once;
  return seeded.one([
    encodeURIComponent(once),
    once.replaceAll('%', '%25'),
    text.replaceAll(/[^\w.,:-]/g, '+'),
    `${once}%`,
    `${once}%c0%af`,
  ]);
}

/** Returns a value that the schema allows, or one that it does not allow. */
function valueUnder(seeded: Seeded, name: string, schema: Loose, known: Known): string {
  if (seeded.chance(0.15)) {
    return seeded.one([
      ...payloads,
      '',
      ' ',
      'null',
      'undefined',
      'NaN',
      '-1',
      '1e9',
      '0x10',
      '[]',
      '{}',
      '🦊'.repeat(20),
      '\ud800',
      seeded.text(129),
      seeded.text(600),
    ]);
  }
  if (name === 'cursor') return seeded.one(known.cursors);
  if (schema.type === 'array') {
    const count = seeded.chance(0.05) ? seeded.int(48, 60) : seeded.int(1, 3);
    return Array.from({ length: count }, () => valueUnder(seeded, name, schema.items, known)).join(',');
  }
  if (schema.anyOf) return valueUnder(seeded, name, seeded.one(schema.anyOf), known);
  if (schema.enum) return seeded.one<string>([...schema.enum, String(schema.enum[0]).toLowerCase()]);
  if (schema.type === 'boolean') return seeded.one(['true', 'false', 'TRUE', '1']);
  if (schema.type === 'integer') {
    const { minimum = 0, maximum = 1000 } = schema;
    return String(
      seeded.one([
        minimum,
        maximum,
        minimum - 1,
        maximum + 1,
        seeded.int(minimum, Math.min(maximum, 9)),
        '007',
        `${minimum}.5`,
      ]),
    );
  }
  if (schema.format === 'date')
    return seeded.one(['2026-11-05', '2026-02-30', '1969-12-31', '9999-12-31', '2026-1-5']);
  if (schema.format === 'date-time') {
    return seeded.one([
      '2026-11-05T16:40:51Z',
      '2026-11-05T16:40:51.123456789Z',
      '2026-11-05T23:59:60Z',
      '2026-11-05T16:40:51+14:00',
      '2026-11-05T16:40:51+99:00',
      '0001-01-01T00:00:00Z',
      '2026-11-05t16:40:51z',
    ]);
  }
  if (schema.pattern?.includes('\\d{12}'))
    return seeded.one([
      '123456789012',
      '210987654321',
      '12345678901',
      '1234567890123',
      '１２３４５６７８９０１２',
    ]);
  return seeded.one([
    'orders-d',
    'u-2077',
    'eu-west-1',
    'checkout-api',
    'rds',
    'prod',
    'orders*',
    '*',
    'a',
    seeded.text(128),
    seeded.text(seeded.int(1, 20), `${alphanumeric}-_.*,\\`),
  ]);
}

function headersOf(seeded: Seeded, { tokens }: Known): Record<string, string> {
  const headers: Record<string, string> = {};
  if (seeded.chance(0.95)) headers.authorization = `Bearer ${seeded.one(tokens)}`;
  else if (seeded.chance(0.5))
    headers.authorization = seeded.one([
      '',
      'Bearer',
      'Basic YTpi',
      `Bearer ${seeded.text(900)}`,
      'Bearer a.b.c',
      'bearer  x',
    ]);
  if (seeded.chance(0.1))
    headers.accept = seeded.one(['text/html', '*/*', 'application/xml;q=0.9', '', 'x'.repeat(500)]);
  if (seeded.chance(0.05))
    headers['if-none-match'] = seeded.one(['*', '"x"', 'W/"x"', '"', '"a", "b"', 'x'.repeat(300)]);
  if (seeded.chance(0.05))
    headers.origin = seeded.one(['https://evil.example', 'null', 'https://dash.example']);
  if (seeded.chance(0.03)) headers['x-forwarded-for'] = '127.0.0.1, 10.0.0.1';
  if (seeded.chance(0.03)) headers['x-http-method-override'] = 'DELETE';
  if (seeded.chance(0.02)) headers['accept-encoding'] = seeded.one(['gzip', 'br', 'identity;q=0', '*;q=0']);
  if (seeded.chance(0.02))
    headers['content-type'] = seeded.one(['application/json', 'text/plain', 'multipart/form-data']);
  if (seeded.chance(0.01)) headers['x-filler'] = seeded.text(seeded.int(8000, 20_000));
  if (seeded.chance(0.02))
    headers['user-agent'] = seeded.one(['', 'x'.repeat(2000), encodeURIComponent(seeded.one(payloads))]);
  return headers;
}

/** The request as a curl command. */
export function curlLine(base: string, { method, target, headers }: MadeRequest): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const flags = Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  return `curl -i --path-as-is -X ${method} ${flags.join(' ')} ${quote(base + target)}`;
}
