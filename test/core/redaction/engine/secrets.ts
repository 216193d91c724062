// Secrets of many shapes, made up here piece by piece so that no whole one stands in the source, and look-alikes that
// must stay readable.
import { assignedTexts } from './assigned-texts.ts';
import { commandTexts } from './command-texts.ts';

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` characters of an alphabet, the same for the same seed. */
function pick(seed: number, length: number, alphabet = alphanumeric): string {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return Array.from({ length }, () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return alphabet[(state >>> 8) % alphabet.length];
  }).join('');
}

const hex = '0123456789abcdef';
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base64 = `${alphanumeric}+/`;

/** Each makes a text and the part of it that must not survive. */
export const secretForms: Record<string, (seed: number) => { text: string; secret: string }> =
  Object.fromEntries(
    Object.entries({
      'AWS access key id': (n: number) => `AKIA${pick(n, 16, upper)}`,
      'AWS session key id': (n: number) => `ASIA${pick(n, 16, upper)}`,
      'AWS secret access key': (n: number) => `aB3${pick(n, 36, base64)}9`,
      JWT: (n: number) => `eyJhbGciOiJIUzI1NiJ9.eyJ${pick(n, 30)}.${pick(n + 1, 43)}`,
      'GitHub token': (n: number) => `ghp_${pick(n, 36)}`,
      'GitHub fine-grained token': (n: number) => `github_pat_${pick(n, 60)}`,
      'GitLab token': (n: number) => `glpat-${pick(n, 20)}`,
      'Slack bot token': (n: number) => `xoxb-${pick(n, 12, '0123456789')}-${pick(n, 24)}`,
      'Stripe key': (n: number) => `sk_live_${pick(n, 24)}`,
      'Google API key': (n: number) => `AIza${pick(n, 35)}`,
      'npm token': (n: number) => `npm_${pick(n, 36)}`,
      'PyPI token': (n: number) => `pypi-${pick(n, 80)}`,
      'SendGrid key': (n: number) => `SG.${pick(n, 22)}.${pick(n + 1, 43)}`,
      'Twilio key': (n: number) => `SK${pick(n, 32, hex)}`,
      'Mailgun key': (n: number) => `key-${pick(n, 32, hex)}`,
      'DigitalOcean token': (n: number) => `dop_v1_${pick(n, 64, hex)}`,
      'Shopify token': (n: number) => `shpat_${pick(n, 32, hex)}`,
      'OpenAI key': (n: number) => `sk-proj-${pick(n, 40)}`,
      'Hugging Face token': (n: number) => `hf_${pick(n, 34)}`,
      'Vault token': (n: number) => `hvs.${pick(n, 24)}`,
      'Databricks token': (n: number) => `dapi${pick(n, 32, hex)}`,
      'Docker token': (n: number) => `dckr_pat_${pick(n, 27)}`,
    } satisfies Record<string, (seed: number) => string>).map(([name, make]) => [
      name,
      (seed: number) => ({ text: make(seed), secret: make(seed) }),
    ]),
  );

/** Texts around a made-up password; `secret` is the password. */
export const secretTexts: Record<string, (password: string) => string> = {
  'database URL': (p) => `postgres://app:${p}@db.internal:5432/orders`,
  'URL without user': (p) => `redis://:${p}@cache.internal:6379/0`,
  'HTTP URL': (p) => `https://deploy:${p}@git.example/repo.git`,
  'ADO connection string': (p) => `Server=db;Database=orders;User Id=app;Password=${p};Encrypt=true`,
  'Azure storage': (p) => `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${p};EndpointSuffix=x`,
  'ENV line': (p) => `DB_HOST=db\nDB_PASSWORD=${p}\nDEBUG=1`,
  'exported variable': (p) => `export API_TOKEN="${p}"`,
  YAML: (p) => `database:\n  host: db\n  password: ${p}\n  port: 5432`,
  'JSON in a string': (p) => JSON.stringify({ db: { password: p, host: 'db' } }),
  'JSON twice in a string': (p) => JSON.stringify({ config: JSON.stringify({ apiKey: p }) }),
  'broken JSON': (p) => `{"password":"${p}", …`,
  'escaped JSON': (p) => `payload={\\"clientSecret\\":\\"${p}\\"}`,
  'command-line flag': (p) => `psql --password ${p} --host db`,
  'command-line assignment': (p) => `mysqldump --password=${p} orders`,
  curl: (p) => `curl -u admin:${p} https://example.com`,
  'bearer header': (p) => `Authorization: Bearer ${p}`,
  'basic header': (p) => `Authorization: Basic ${Buffer.from(`admin:${p}`).toString('base64')}`,
  'base64 of a config': (p) => Buffer.from(JSON.stringify({ password: p })).toString('base64'),
  'query string': (p) => `https://example.com/hook?user=a&token=${p}&x=1`,
  'private key': (p) => `-----BEGIN RSA PRIVATE KEY-----\n${p}\n-----END RSA PRIVATE KEY-----`,
  prose: (p) => `rotated, the new password is ${p}, tell nobody`,
  'prose with colon': (p) => `locked out. password: ${p}`,
  Java: (p) => `spring.datasource.password=${p}`,
  ...assignedTexts,
  ...commandTexts,
  'Slack webhook': (p) => `https://hooks.slack.com/services/T000/B000/${p}`,
};

/** States with a secret in a place that only its name shows. */
export const secretStates: Record<string, (password: string) => unknown> = {
  camelCase: (p) => ({ masterUserPassword: p }),
  snake_case: (p) => ({ auth_token: p }),
  'kebab-case': (p) => ({ 'client-secret': p }),
  UPPER: (p) => ({ PGPASSWORD: p }),
  'written together': (p) => ({ apikey: p }),
  'nested in credentials': (p) => ({ credentials: { username: 'orders_admin', value: p } }),
  'list of credentials': (p) => ({ passwords: [p] }),
  'environment variables': (p) => ({ environmentVariables: { ANYTHING: p } }),
  'ECS environment': (p) => ({ environment: [{ name: 'X', value: p }] }),
  'environment lines': (p) => ({ env: [`X=${p}`] }),
  'variables of many names': (p) => ({
    environmentVariablesJson: { A: p },
    environmentVariableOverrides: { A: p },
    environmentVariablesAdded: [{ name: 'A', value: p }],
    environmentVariable: { A: p },
    envProd: { A: p },
  }),
  'a variable that is named as a label': (p) => ({ env: { KEY: p, DATA: p, path: p, default: p } }),
  'flag with dots and value': (p) => ({ command: ['java', '--spring.datasource.password', p] }),
  'list behind a telling name in a text, quoted elsewhere': (p) => ({
    note: `passwords=["${p}"] x`,
    other: `try ${p}`,
  }),
  'environment as ENV': (p) => ({ environmentVariables: `API_HOST=a\nexport STRIPE=${p}` }),
  'environment as YAML': (p) => ({ environmentVariables: `STRIPE: ${p}` }),
  'environment as JSON': (p) => ({ environmentVariables: JSON.stringify({ STRIPE: p }) }),
  'environment as a block of YAML': (p) => ({ environmentVariables: `STRIPE: |\n  ${p}` }),
  'environment as ENV under a word of two meanings': (p) => ({ env: `A=b\nSTRIPE=${p}` }),
  'variables within an environment': (p) => ({ environment: { variables: { STRIPE: p } } }),
  'variables within a workspace': (p) => ({
    environment: { name: 'prod', variables: [{ name: 'X', value: p }] },
  }),
  'secrets by ordinary names': (p) => ({ secrets: { database: p } }),
  'passwords by user': (p) => ({ passwords: { user: p } }),
  'keys by region': (p) => ({ apiKeys: { region: p } }),
  'header of several values': (p) => ({ headers: { authorization: [p] } }),
  'header as an object': (p) => ({ headers: { authorization: { value: p } } }),
  'behind the beginning of a reference': (p) => ({ password: `arn:aws:sqs: ${p}` }),
  'name and value': (p) => ({ parameters: [{ name: 'DB_PASSWORD', value: p }] }),
  'parameter key and value': (p) => ({ Parameters: [{ ParameterKey: 'ApiKey', ParameterValue: p }] }),
  'property and values': (p) => ({ items: [{ property: 'password', oldValue: p, newValue: `${p}2` }] }),
  'attribute, from and to': (p) => ({ diff: [{ attribute: 'api_key', from: p, to: `${p}2` }] }),
  'setting, old and new': (p) => ({ diff: [{ setting: 'db.password', old: p, new: `${p}2` }] }),
  'header and value': (p) => ({ rules: [{ header: 'Authorization', value: p }] }),
  'parameter and default': (p) => ({ parameters: [{ parameter: 'DbPassword', default: p }] }),
  'variable and current value': (p) => ({ list: [{ variable: 'DB_PASSWORD', currentValue: p }] }),
  'name and values': (p) => ({ filters: [{ Name: 'token', Values: [p] }] }),
  'name and string value': (p) => ({ attributes: [{ name: 'password', stringValue: p }] }),
  'JSON Patch': (p) => ({ patch: [{ op: 'replace', path: '/db/password', value: p }] }),
  'header pair': (p) => ({ headers: [['Cookie', p]] }),
  'flag and value': (p) => ({ command: ['run', '--api-key', p] }),
  'quoted elsewhere': (p) => ({ password: p, note: `it was ${p} before` }),
};

/** Names that show their values to be secrets, as fields and in texts. */
export const secretNames: readonly string[] = [
  ...['password1', 'DB_PASSWORD1', 'apiKey2', 'token1', 'secretKey2', 'passwordB64', 'PASSWORD_OLD2'],
  ...['accessKeys', 'apikeys', 'privateKeys', 'passwords', 'clientsecret', 'refreshtoken', 'idtoken'],
  ...['awssecretaccesskey', 'dbPw', 'pw', 'passwordConfirmation', 'password_confirm', 'passwordDigest'],
  ...['SECRET_KEY_BASE', 'privateKeyPem', 'tlsKey', 'client-key-data', 'kubeConfig', 'subscriptionKey'],
  ...['requirepass', 'masterauth', 'REDISCLI_AUTH', 'dbpass', 'smtppass', 'storepass', 'userpwd', 'rootpw'],
  ...['jwtsecret', 'slacktoken', 'encryptionkey', 'signingkey', 'privKey', 'auth_string', 'securityAnswer'],
  ...['functionKey', 'X-Goog-Signature', 'connectionString', `${'a.very.long.prefix.'.repeat(16)}password`],
];

const uuid = () => 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';

/** States whose every value must stay as it is. */
export const lookAlikes: readonly unknown[] = [
  { arn: 'arn:aws:rds:eu-west-1:123456789012:db:orders-d' },
  { kmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
  {
    masterUserSecret: {
      secretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-x',
      secretStatus: 'active',
    },
  },
  { secretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/orders-AbCdEf' },
  { password: 'arn:aws:ssm:eu-west-1:123456789012:parameter/prod/db' },
  { secretName: 'prod/orders' },
  { passwordPolicy: 'strong' },
  { passwordLength: 16 },
  { passwordEnabled: true },
  { tokenExpirySeconds: 3600 },
  { tokenType: 'JWT' },
  { tokens: 512 },
  { publicKeys: 'two', publicKey2: 'ed25519', tokenSha256: 'none' },
  { maxTokens: 4096 },
  { nextToken: 'page-2' },
  { authTokenEnabled: true },
  { publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGr' },
  { partitionKey: 'pk' },
  { sortKey: 'id' },
  { keyName: 'bastion' },
  { key: 'environment', value: 'prod' },
  { patch: [{ op: 'replace', path: '/db/size', value: 'large' }] },
  { diff: [{ field: 'size', from: 'small', to: 'large', old: 'a', new: 'b' }] },
  { name: 'checkout-api', value: 'on' },
  { id: uuid() },
  { commit: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' },
  { digest: `sha256:${'ab12'.repeat(16)}` },
  { image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:${'0f'.repeat(32)}` },
  { instanceClass: 'db.t4g.medium' },
  { endpoint: { address: 'orders-d.c9xk2.eu-west-1.rds.amazonaws.com', port: 5432 } },
  { url: 'https://example.com:8443/path?x=1#top' },
  { repository: 'git@github.com:acme/checkout-api.git' },
  { package: 'https://registry.example/@scope/pkg' },
  { endpoint: 'http://[::1]:8080/ping' },
  { email: 'asha.rao@acme.example' },
  { cidr: '10.20.0.0/16' },
  { ipv6: '2001:db8::42' },
  { time: '2026-11-05T16:40:51.007Z' },
  { accessString: 'on ~app:* -@all +get', acl: 'user alice off nopass ~* +@all' },
  { command: 'run --log on >out.log', menu: 'as user admin >Settings >Keys' },
  { note: 'AUTH failed', hello: 'HELLO 3', conf: 'requirepass\nport 6379' },
  { reason: 'the token lifetime was changed from 30m to 60m' },
  { reason: 'password rotation moved from 2026-11-01 to 2026-12-01' },
  { reason: 'moved the secret from prod-1/orders to prod-2/orders' },
  { reason: 'the access key was rotated from eu-west-1 to us-east-1' },
  { reason: 'requirepass was removed, vault login is required, the user clicked on >Settings' },
  { nexttoken: 'page-2', pagetoken: 'page-3', compass: 'north', bypass: 'none', passthrough: 'all' },
  { command: 'zip -r a.zip b', unzip: 'unzip a.zip -d out', ldap: 'ldapsearch -x -b dc=x' },
  { command: 'echo ok | grep --stdin', vault: 'vault login -method=oidc', mongo: 'mongosh --port 27017' },
  { schedule: 'cron(0 12 * * ? *)' },
  { command: 'sh run.sh' },
  { healthCheck: '/ping' },
  { securityGroupIds: ['sg-0ff1ce0ff1ce0ff1c'] },
  {
    targetGroupArn:
      'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/checkout-api/6d0ecf831eec9f09',
  },
  { userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Chrome/141.0' },
  { reason: 'role Developer lacks resource:delete' },
  { reason: 'Black Friday capacity, OPS-4821' },
  { reason: 'the password is rotated weekly' },
  { reason: 'Basic authentication was turned off' },
  { reason: 'token to be decided' },
  { reason: 'pass: 12 of 14 tests, tokens: 512 per second' },
  { reason: 'cookies: disabled', note: 'token: required', api: 'authorization: AWS_IAM' },
  { command: 'run --token --verbose' },
  { note: '{"authorization":{"permission":"service:update"}} refused' },
  { note: 'password: <your password>\nother_password: $DB_PASSWORD\n' },
  { note: 'secrets:\nport: 5432\ntokens: []' },
  { note: 'see /mayaops/prod/password: it is kept there' },
  { certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' },
  { config: '{"retries":3,"passwordPolicy":"strong"}' },
  { yaml: 'retries: 3\ntimeout: 10' },
  { environment: 'prod' },
  { environment: { name: 'prod', region: 'eu-west-1' } },
  { environment: { id: 'env-1', name: 'prod', accountId: '123456789012', subnets: ['subnet-1'] } },
  { env: 'prod' },
  { environmentDefault: 'prod', variablesCount: 3 },
  { command: ['run', '--token', '--verbose'] },
  { token: 'enabled', authorization: 'AWS_IAM', cookies: 'disabled' },
  { environmentVariables: 'arn:aws:s3:::acme-config/checkout.env' },
  { config: '{"id":12345678901234567890,"ratio":1e400,"passwordPolicy":"strong"}' },
  { authorization: { permission: 'service:update', decision: 'ALLOWED' } },
  { methods: ['password', 'token'] },
  { base64: Buffer.from('nothing to hide in this text').toString('base64') },
  { traceId: '1-69a6f1c1-0f3d2b6a9c1e4f7a8b0c1d2e' },
  { subnetGroup: 'prod-private' },
  { flag: 'new-cart' },
  { empty: { password: '' } },
  { none: { password: null } },
];

/** A made-up password of letters, digits and a sign. */
export function makePassword(seed: number): string {
  return `pw${pick(seed, 12)}7!`;
}
