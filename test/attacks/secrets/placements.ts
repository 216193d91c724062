// Where in an event a secret may stand. Each place makes the parts of a detail that hold it.

/** Parts of a detail that replace those of an ordinary one. */
// biome-ignore lint/suspicious/noExplicitAny: parts of an event, put together by the caller
export type Parts = Record<string, any>;
export type Place = (text: string) => Parts;

const after = (state: Parts): Parts => ({ after: state });
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Nothing around it says that it is a secret. */
export const innocentPlaces: Readonly<Record<string, Place>> = {
  'field with an innocent name': (t) => after({ note: t }),
  'in a sentence': (t) => after({ description: `see ${t} for the rest` }),
  'in brackets': (t) => after({ description: `as agreed (${t}), then again` }),
  list: (t) => after({ values: ['a', t, 'b'] }),
  'nested deep': (t) => after({ a: [{ b: { c: [[{ d: { e: [t] } }]] } }] }),
  'a line of a log': (t) => after({ lastError: `2026-11-05T10:00:00Z ERROR refused\n  ${t}\n  at connect` }),
  'before and after': (t) => ({ before: { note: 'none', size: 1 }, after: { note: t, size: 2 } }),
  'JSON in a string': (t) => after({ config: JSON.stringify({ retries: 3, note: t }) }),
  'JSON twice in a string': (t) => after({ config: JSON.stringify({ inner: JSON.stringify([t]) }) }),
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

/** Lines of the contract; for secrets of one line that fit. */
export const linePlaces: Readonly<Record<string, Place>> = {
  'name of the actor': (t) => ({ actor: { name: t } }),
  'name of the target': (t) => ({ target: { name: t } }),
  'name of the service': (t) => ({ target: { serviceName: t } }),
  'request id': (t) => ({ requestId: t }),
  'trace id': (t) => ({ traceId: t }),
};

/** A name or a place says that it is a secret. */
export const tellingPlaces: Readonly<Record<string, Place>> = {
  'field with a telling name': (t) => after({ masterUserPassword: t }),
  'name in capitals': (t) => after({ DB_PASSWORD: t }),
  'name written together': (t) => after({ dbpassword: t }),
  'name of a key': (t) => after({ apiKey: t }),
  'name of a token': (t) => after({ authToken: t }),
  'environment variable': (t) => after({ environmentVariables: { CHECKOUT: t } }),
  'list of environment variables': (t) => after({ environment: [{ name: 'CHECKOUT', value: t }] }),
  'environment line': (t) => after({ env: [`CHECKOUT=${t}`] }),
  'name and value': (t) => after({ parameters: [{ name: 'DB_PASSWORD', value: t }] }),
  'key and value': (t) => after({ settings: [{ Key: 'api_key', Value: t, Type: 'String' }] }),
  'parameter key and value': (t) =>
    after({ Parameters: [{ ParameterKey: 'DbPassword', ParameterValue: t }] }),
  'container secret': (t) => after({ containerDefinitions: [{ secrets: [{ name: 'X', valueFrom: t }] }] }),
  'field and content': (t) => after({ fields: [{ field: 'password', content: t }] }),
  'label and data': (t) => after({ items: [{ label: 'client secret', data: t }] }),
  'header pair': (t) => after({ headers: [['Authorization', t]] }),
  'header by name': (t) => after({ headers: { 'x-api-key': t } }),
  'flag and value': (t) => after({ command: ['run', '--api-key', t] }),
  'list under a telling name': (t) => after({ passwords: [t] }),
  'old and new': (t) => after({ password: { old: t, new: 'x' } }),
  'credentials object': (t) => after({ credentials: { username: 'app', value: t } }),
  'deep under a telling name': (t) => after({ secrets: { db: { main: [{ text: t }] } } }),
  'kubernetes secret': (t) => after({ kind: 'Secret', data: { main: base64(t) }, stringData: { main: t } }),
  "Docker's auth": (t) => after({ auths: { 'registry.example': { auth: base64(`deploy:${t}`) } } }),
  'basic credentials': (t) => after({ basicAuth: base64(`deploy:${t}`) }),
  'pair of basic credentials': (t) => after({ items: [{ name: 'auth', value: base64(`deploy:${t}`) }] }),
  'JSON in a string': (t) => after({ config: JSON.stringify({ password: t, host: 'db' }) }),
  'JSON twice in a string': (t) =>
    after({ config: JSON.stringify({ inner: JSON.stringify({ apiKey: t }) }) }),
  'pair in JSON in a string': (t) => after({ config: JSON.stringify([{ name: 'DB_PASSWORD', value: t }]) }),
  'base64 of JSON': (t) => after({ config: base64(JSON.stringify({ user: 'app', password: t })) }),
  'base64 of a pair': (t) => after({ config: base64(JSON.stringify([{ name: 'DB_PASSWORD', value: t }])) }),
  'parameter of a URL': (t) =>
    after({ callback: `https://example.com/hook?user=a&token=${encodeURIComponent(t)}&x=1` }),
  'quoted assignment': (t) => after({ note: `password=${JSON.stringify(t)} and more` }),
  'quoted in the reason': (t) => ({ reason: `password: ${JSON.stringify(t)}` }),
  'both states': (t) => ({ before: { password: t, size: 1 }, after: { password: t, size: 2 } }),
};

/** The same in every escaping that programs write. */
const percent = (text: string) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase());
const form = (text: string) => new URLSearchParams({ text }).toString().slice('text='.length);
const escaped = (text: string) => JSON.stringify(text).slice(1, -1);

/** Recognised in one place, and quoted in another; for secrets of eight characters that are no ordinary word. */
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
