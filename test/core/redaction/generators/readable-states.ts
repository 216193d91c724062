// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the states contain references to variables
// States without a secret that resemble one. Redaction must leave every value of them readable.

const mixed = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA1bC3dE5fG7h';
const base64Of = (length: number) => mixed.repeat(12).slice(0, length);
const hexOf = (length: number) => '0f1e2d3c4b5a69788796a5b4c3d2e1f0'.repeat(8).slice(0, length);

export const readableStates: Readonly<Record<string, object>> = {
  // References
  'Ref of CloudFormation': { MasterUserPassword: { Ref: 'DBPassword' }, note: 'see DBPassword' },
  'GetAtt of CloudFormation': { password: { 'Fn::GetAtt': ['Secret', 'Value'] } },
  'valueFrom of ECS': {
    secrets: [{ name: 'DB_PASSWORD', valueFrom: 'orders-prod-db' }],
    database: 'orders-prod-db',
  },
  'valueFrom of ECS with a path': { secrets: [{ name: 'DB_PASSWORD', valueFrom: '/prod/orders/password' }] },
  'secretKeyRef of Kubernetes': {
    env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'orders-db', key: 'password' } } }],
  },
  'variable as the value': { password: '$REDIS_PASSWORD', note: 'uses $REDIS_PASSWORD' },
  'variable in braces as the value': { token: '${API_TOKEN}', note: 'uses ${API_TOKEN}' },
  'variable in a command': { command: 'redis-cli -a $REDIS_PASSWORD ping', note: 'see $REDIS_PASSWORD' },
  'variable in a URL': { url: 'postgres://app:$DB_PASSWORD@db.internal/orders' },
  'variable in braces in a URL': { url: 'postgres://app:${DB_PASSWORD}@db.internal/orders' },
  'variable in a list of pairs': {
    environment: [{ name: 'DB_PASSWORD', value: '$SHARED_PASSWORD' }],
  },
  'expression of a pipeline': { token: '${{ secrets.DEPLOY_TOKEN }}' },
  'value of a Helm chart': { password: '{{ .Values.database.password }}' },
  'alias of a key': { encryptionKey: 'alias/x', kmsKey: 'alias/aws/rds' },
  // Addresses
  'MAC address': { mac: '0a:42:ac:11:c0:02', note: 'from fa:16:3e:4d:ab:90' },
  'MAC address with digits': { mac: 'ab:11:cd:ef:01:23' },
  'IPv6 addresses': {
    a: 'fd00:1234:abcd:ef01:2345:6789:abcd:ef01',
    b: 'fe80::1ff:fe23:4567:890a',
    c: 'fd12:3456:789a:1::1',
  },
  'IPv6 address in a sentence': { note: 'moved from fd00:12:cd:ab:9876:5432:1abc:def0 to fd00::1' },
  // Digests
  'source code hash': { source_code_hash: `${base64Of(43)}=` },
  'content hash': { contentHash: `${base64Of(43)}=` },
  'hexadecimal hash': { layerHash: hexOf(64), commit: hexOf(40) },
  'hash in Terraform': { plan: `source_code_hash = "${base64Of(43)}="` },
  'hash in a text': { note: `contentHash: ${base64Of(43)}=` },
  'image digest': { image: `app@sha256:${hexOf(64)}` },
  'public JSON web key': { kty: 'RSA', e: 'AQAB', n: base64Of(342), kid: base64Of(43) },
  'public elliptic key': { keys: [{ kty: 'EC', crv: 'P-256', x: base64Of(43), y: base64Of(43) }] },
  'certificate in XML': {
    metadata: `<ds:X509Certificate>MIIDXTCCAkWg${base64Of(52)}\n${base64Of(64)}\n${base64Of(40)}</ds:X509Certificate>`,
  },
  'signature in XML': { metadata: `<ds:DigestValue>${base64Of(43)}=</ds:DigestValue>` },
  // Booleans, states and small numbers
  'small number in a text': { note: 'pass=12', summary: 'pass: 12, fail: 0' },
  'small number': { pass: 12, fail: 3 },
  'no old passwords': { old_passwords: 0 },
  'no old passwords in a file': { config: 'old_passwords: 0\nport: 3306' },
  'version pin': { versionPin: '1.4.2' },
  'stop signal': { stopSig: 'SIGTERM', config: 'stopSig: SIGTERM' },
  booleans: { passwordAuthentication: false, token: 'true', note: 'password: false' },
  // URLs and ids
  'database URL without a password': { databaseUrl: 'postgres://db.internal:5432/orders' },
  'database URL with a user': { DATABASE_URL: 'postgres://app@db.internal:5432/orders?sslmode=require' },
  'JDBC URL': { connectionUrl: 'jdbc:postgresql://db.internal:5432/orders' },
  'issuer of tokens': {
    jwt: { issuer: 'https://login.example.com', audience: 'orders' },
    'jwt.issuer': 'https://login.example.com',
  },
  'issuer in a file': { config: 'jwt.issuer=https://login.example.com\nport=80' },
  'id of an access key': { accessKeyId: `AKIA${'IOSFODNN7INVENTD'}` },
  'id of an access key with its state': {
    credentials: { accessKeyId: `AKIA${'IOSFODNN7INVENTD'}`, status: 'Active' },
  },
  'random id that begins like hexadecimal': { NextToken: `57r3${base64Of(60)}==:${base64Of(180)}` },
  'address of an archive': {
    location: `/123456789012/vaults/my-vault/archives/${base64Of(138)}`,
    job: `/123456789012/vaults/my-vault/jobs/HkF9p6o7-${base64Of(83)}`,
  },
  'subject of a token': { SubjectFromWebIdentityToken: 'amzn1.account.AF6RHO7KZU5XRVQJGXK6HINVENT' },
  // Workspaces
  'workspace with a field of its own': {
    environment: { name: 'prod', accountId: '123456789012', tier: 'gold' },
  },
  'workspace with a list': {
    environment: { id: 'env-1', region: 'eu-west-1', owners: ['asha', 'ben'], size: 3 },
  },
  // Names and sentences
  'keys that are none': {
    partition_key: 'orderId2Key3Name4',
    cacheKey: 'userProfile2Settings',
    s3Key: `uploads/${hexOf(32)}`,
    primaryKey: 'id',
  },
  'URL parameter of a key': { url: 'https://example.com/list?key=orders&page=2' },
  'sentence with a ticket': { reason: 'rotated the password for OPS-4821, now all is well' },
  'sentence with a version': {
    reason: 'password policy v2.1.0, token bucket-limit-200, was upgraded, now 16.3.1',
  },
  'sentence in German': { reason: 'das Passwort ist abgelaufen, das neue Kennwort ist gesetzt' },
  'sentence in French': { reason: 'le mot de passe est expiré' },
  'sentence about an address': { reason: 'db-1.internal (orders/primary) and 10.0.3.17 (ops/standby-2)' },
  'statement without a literal': { sql: 'CREATE ROLE app LOGIN PASSWORD NULL; IDENTIFIED BY EXTERNAL' },
  'code without a literal': { code: 'if (password == confirmation) setProperty("db.user","orders-app")' },
};
