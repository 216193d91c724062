// The places in an event where a secret can occur. Each place builds the parts of a detail that contain it.

/** Parts of a detail that replace the default parts. */
// biome-ignore lint/suspicious/noExplicitAny: parts of an event, combined by the caller
export type Parts = Record<string, any>;
export type Place = (text: string) => Parts;

const after = (state: Parts): Parts => ({ after: state });
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Places where nothing indicates a secret. */
export const neutralPlaces: Readonly<Record<string, Place>> = {
  'field with a neutral name': (t) => after({ note: t }),
  'in a sentence': (t) => after({ description: `see ${t} for the rest` }),
  'in brackets': (t) => after({ description: `as agreed (${t}), then again` }),
  list: (t) => after({ values: ['a', t, 'b'] }),
  'deeply nested': (t) => after({ a: [{ b: { c: [[{ d: { e: [t] } }]] } }] }),
  'a log line': (t) => after({ lastError: `2026-11-05T10:00:00Z ERROR refused\n  ${t}\n  at connect` }),
  'before and after': (t) => ({ before: { note: 'none', size: 1 }, after: { note: t, size: 2 } }),
  'JSON in a string': (t) => after({ config: JSON.stringify({ retries: 3, note: t }) }),
  'JSON in JSON in a string': (t) => after({ config: JSON.stringify({ inner: JSON.stringify([t]) }) }),
  'base64 of JSON': (t) => after({ config: base64(JSON.stringify({ note: t })) }),
  'base64 in a text': (t) => after({ userData: `#cloud-config ${base64(`run ${t}`)} end` }),
  'name and value': (t) => after({ tags: [{ Key: 'owner', Value: t }] }),
  'header pair': (t) => after({ headers: [['X-Note', t]] }),
  command: (t) => after({ command: ['sh', '-c', `run ${t}`] }),
  'key of an object': (t) => after({ map: { [t]: 'on' } }),
  reason: (t) => ({ reason: t }),
  'in the reason': (t) => ({ reason: `support asked for ${t}, done` }),
  'user agent': (t) => ({ actor: { userAgent: `deploy-cli/2.1 ${t}` } }),
};

/** Single-line fields of the contract, for secrets that fit them. */
export const linePlaces: Readonly<Record<string, Place>> = {
  'name of the actor': (t) => ({ actor: { name: t } }),
  'name of the target': (t) => ({ target: { name: t } }),
  'name of the service': (t) => ({ target: { serviceName: t } }),
  'request id': (t) => ({ requestId: t }),
  'trace id': (t) => ({ traceId: t }),
  'work reference': (t) => ({ workRef: `OPS-7 ${t}` }),
  'name of the person an agent acts for': (t) => ({ actor: { onBehalfOf: { userId: 'u-1', name: t } } }),
};

/** Places whose name or context indicates a secret. */
export const revealingPlaces: Readonly<Record<string, Place>> = {
  'field with a revealing name': (t) => after({ masterUserPassword: t }),
  'uppercase name': (t) => after({ DB_PASSWORD: t }),
  'name in one word': (t) => after({ dbpassword: t }),
  'name of a key': (t) => after({ apiKey: t }),
  'name of a token': (t) => after({ authToken: t }),
  'environment variable': (t) => after({ environmentVariables: { CHECKOUT: t } }),
  'list of environment variables': (t) => after({ environment: [{ name: 'CHECKOUT', value: t }] }),
  'environment line': (t) => after({ env: [`CHECKOUT=${t}`] }),
  'name and value': (t) => after({ parameters: [{ name: 'DB_PASSWORD', value: t }] }),
  'key and value': (t) => after({ settings: [{ Key: 'api_key', Value: t, Type: 'String' }] }),
  'parameter key and value': (t) =>
    after({ Parameters: [{ ParameterKey: 'DbPassword', ParameterValue: t }] }),
  'field and content': (t) => after({ fields: [{ field: 'password', content: t }] }),
  'label and data': (t) => after({ items: [{ label: 'client secret', data: t }] }),
  'header pair': (t) => after({ headers: [['Authorization', t]] }),
  'header by name': (t) => after({ headers: { 'x-api-key': t } }),
  'flag and value': (t) => after({ command: ['run', '--api-key', t] }),
  'list under a revealing name': (t) => after({ passwords: [t] }),
  'old and new': (t) => after({ password: { old: t, new: 'x' } }),
  'credentials object': (t) => after({ credentials: { username: 'app', value: t } }),
  'deep under a revealing name': (t) => after({ secrets: { db: { main: [{ text: t }] } } }),
  'kubernetes secret': (t) => after({ kind: 'Secret', data: { main: base64(t) }, stringData: { main: t } }),
  "Docker's auth": (t) => after({ auths: { 'registry.example': { auth: base64(`deploy:${t}`) } } }),
  'basic credentials': (t) => after({ basicAuth: base64(`deploy:${t}`) }),
  'pair of basic credentials': (t) => after({ items: [{ name: 'auth', value: base64(`deploy:${t}`) }] }),
  'JSON in a string': (t) => after({ config: JSON.stringify({ password: t, host: 'db' }) }),
  'JSON in JSON in a string': (t) =>
    after({ config: JSON.stringify({ inner: JSON.stringify({ apiKey: t }) }) }),
  'pair in JSON in a string': (t) => after({ config: JSON.stringify([{ name: 'DB_PASSWORD', value: t }]) }),
  'base64 of JSON': (t) => after({ config: base64(JSON.stringify({ user: 'app', password: t })) }),
  'base64 of a pair': (t) => after({ config: base64(JSON.stringify([{ name: 'DB_PASSWORD', value: t }])) }),
  'URL parameter': (t) =>
    after({ callback: `https://example.com/hook?user=a&token=${encodeURIComponent(t)}&x=1` }),
  'quoted assignment': (t) => after({ note: `password=${JSON.stringify(t)} and more` }),
  'quoted in the reason': (t) => ({ reason: `password: ${JSON.stringify(t)}` }),
  'both states': (t) => ({ before: { password: t, size: 1 }, after: { password: t, size: 2 } }),
};

/** The same text in every common escaping. */
const percent = (text: string) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase());
const form = (text: string) => new URLSearchParams({ text }).toString().slice('text='.length);
const escaped = (text: string) => JSON.stringify(text).slice(1, -1);

/**
 * Places that reveal the secret in one field and quote it in another, for secrets of at least eight characters
 * that are not ordinary words.
 */
export const quotingPlaces: Readonly<Record<string, Place>> = {
  'quoted in a field': (t) => after({ password: t, note: `it was ${t} before` }),
  'quoted in the reason': (t) => ({ after: { password: t }, reason: `set to ${t}` }),
  'quoted in the user agent': (t) => ({ after: { password: t }, actor: { userAgent: `cli/2.1 (${t})` } }),
  'as a key': (t) => after({ password: t, map: { [t]: 1 } }),
  'quoted in the other state': (t) => ({ before: { note: `old ${t}` }, after: { password: t } }),
  'known from base64': (t) => ({ after: { password: base64(t) }, reason: `set to ${t}` }),
  'known from a Kubernetes secret': (t) => ({
    after: { kind: 'Secret', data: { password: base64(t) } },
    reason: `set to ${t}`,
  }),
  'known from base64 of JSON': (t) => ({
    after: { userData: base64(JSON.stringify({ password: t })) },
    reason: `set to ${t}`,
  }),
  "known from Docker's auth": (t) => ({
    after: { auths: { r: { auth: base64(`deploy:${t}`) } } },
    reason: `set to ${t}`,
  }),
  'quoted in percent-encoding': (t) => ({ after: { password: t }, reason: `set to ${percent(t)}` }),
  'quoted as in a form': (t) => ({ after: { password: t }, reason: `set to ${form(t)}` }),
  'quoted as in JSON': (t) => ({ after: { password: t }, reason: `set to ${escaped(t)}` }),
};
