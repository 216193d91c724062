// Values that look like secrets but are not, so they must stay readable: a field and its value, generated from a
// seed.
import { alphanumeric, base64Signs, digits, hex, lower, type Seeded, upper } from '../seeded.ts';

export type MakeLookAlike = (seeded: Seeded) => readonly [field: string, value: string];

const region = (s: Seeded) => s.one(['eu-west-1', 'us-east-1', 'ap-southeast-2', 'eu-central-1']);
const account = (s: Seeded) => s.text(12, digits);
const id = (s: Seeded, length = 17) => s.text(length, hex);
const uuid = (s: Seeded) =>
  `${id(s, 8)}-${id(s, 4)}-4${id(s, 3)}-${s.one([...'89ab'])}${id(s, 3)}-${id(s, 12)}`;
const word = (s: Seeded) => s.one(['checkout', 'orders', 'payments', 'search', 'invoices', 'gateway']);
const name = (s: Seeded) => `${word(s)}-${s.one(['api', 'web', 'worker', 'server'])}`;
const arn = (s: Seeded, service: string, rest: string) =>
  `arn:aws:${service}:${region(s)}:${account(s)}:${rest}`;
const stackName = (s: Seeded) =>
  `MayaOps-${s.one(['prod', 'test'])}-${s.one(['RecordFunction', 'OrdersQueue', 'CheckoutTaskRole'])}${s.text(8, `${digits}ABCDEF`)}-${s.text(12)}`;

export const lookAlikeForms: Readonly<Record<string, MakeLookAlike>> = {
  'database ARN': (s) => ['dbInstanceArn', arn(s, 'rds', `db:${word(s)}-d`)],
  'cluster ARN': (s) => ['clusterArn', arn(s, 'ecs', `cluster/${word(s)}`)],
  'task definition ARN': (s) => [
    'taskDefinition',
    arn(s, 'ecs', `task-definition/${name(s)}:${s.int(1, 400)}`),
  ],
  'target group ARN': (s) => [
    'targetGroupArn',
    arn(s, 'elasticloadbalancing', `targetgroup/${name(s)}/${id(s, 16)}`),
  ],
  'load balancer ARN': (s) => [
    'loadBalancerArn',
    arn(
      s,
      'elasticloadbalancing',
      `loadbalancer/app/awseb--AWSEB-${s.text(13, upper + digits)}/${id(s, 16)}`,
    ),
  ],
  'key ARN': (s) => ['kmsKeyId', arn(s, 'kms', `key/${uuid(s)}`)],
  'secret ARN': (s) => ['secretArn', arn(s, 'secretsmanager', `secret:prod/${word(s)}-${s.text(6)}`)],
  'secret ARN in an environment': (s) => [
    'valueFrom',
    arn(s, 'secretsmanager', `secret:rds!db-${uuid(s)}-${s.text(6)}`),
  ],
  'certificate ARN': (s) => ['certificateArn', arn(s, 'acm', `certificate/${uuid(s)}`)],
  'role ARN': (s) => ['roleArn', `arn:aws:iam::${account(s)}:role/${stackName(s)}`],
  'function ARN': (s) => ['functionArn', arn(s, 'lambda', `function:${stackName(s)}:${s.int(1, 99)}`)],
  UUID: (s) => ['id', uuid(s)],
  ULID: (s) => ['entryId', `01K${s.text(23, '0123456789ABCDEFGHJKMNPQRSTVWXYZ')}`],
  KSUID: (s) => ['jobId', s.mixed(27)],
  'nano id': (s) => ['sessionId', s.text(21, `${alphanumeric}_-`)],
  'request id': (s) => ['requestId', uuid(s)],
  'API Gateway request id': (s) => ['requestId', `${s.text(14, alphanumeric)}=`],
  'trace id': (s) => ['traceId', `1-${id(s, 8)}-${id(s, 24)}`],
  'W3C trace parent': (s) => ['traceparent', `00-${id(s, 32)}-${id(s, 16)}-01`],
  'git commit': (s) => ['commit', id(s, 40)],
  'short commit': (s) => ['revision', id(s, 7)],
  'image digest': (s) => ['imageDigest', `sha256:${id(s, 64)}`],
  'ECR image': (s) => [
    'image',
    `${account(s)}.dkr.ecr.${region(s)}.amazonaws.com/${name(s)}:${s.int(1, 9)}.${s.int(0, 20)}.${s.int(0, 99)}`,
  ],
  'ECR image by digest': (s) => [
    'image',
    `${account(s)}.dkr.ecr.${region(s)}.amazonaws.com/${name(s)}@sha256:${id(s, 64)}`,
  ],
  'SHA-256': (s) => ['contentHash', id(s, 64)],
  MD5: (s) => ['etag', `"${id(s, 32)}"`],
  'code digest': (s) => ['codeSha256', `${s.mixed(43, base64Signs)}=`],
  'integrity digest': (s) => ['integrity', `sha512-${s.mixed(86, base64Signs)}==`],
  'key fingerprint': (s) => ['fingerprint', `SHA256:${s.mixed(43, base64Signs)}`],
  'instance class': (s) => [
    'instanceClass',
    `${s.one(['db', 'cache'])}.t4g.${s.one(['micro', 'small', 'medium'])}`,
  ],
  'security group': (s) => ['securityGroupId', `sg-${id(s)}`],
  subnet: (s) => ['subnetId', `subnet-${id(s)}`],
  VPC: (s) => ['vpcId', `vpc-${id(s)}`],
  instance: (s) => ['bastionId', `i-${id(s)}`],
  snapshot: (s) => ['snapshotId', `rds:${word(s)}-2026-11-0${s.int(1, 9)}-03-15`],
  CIDR: (s) => ['cidr', `10.${s.int(0, 255)}.${s.int(0, 255)}.0/${s.int(16, 28)}`],
  'IPv6 address': (s) => ['sourceIp', `2001:db8:${id(s, 4)}::${id(s, 4)}`],
  'database endpoint': (s) => [
    'endpoint',
    `${word(s)}-d.c${s.text(9, lower + digits)}.${region(s)}.rds.amazonaws.com:5432`,
  ],
  'cache endpoint': (s) => [
    'endpoint',
    `master.${word(s)}.${s.text(6, lower + digits)}.euw1.cache.amazonaws.com:6379`,
  ],
  'URL without password': (s) => [
    'url',
    `https://${name(s)}.example.com:8443/v${s.int(1, 3)}/orders?limit=${s.int(1, 200)}&sort=desc#top`,
  ],
  'database URL without password': (s) => ['url', `postgres://app@${word(s)}.internal:5432/${word(s)}`],
  'URL of several hosts': (s) => [
    'url',
    s.one([
      `mongodb://${word(s)}-1:27017,${word(s)}-2:27017/?x=a@b`,
      `kafka://a:9092,b:9092/${word(s)}@y`,
      `https://[2001:db8::${id(s, 2)}]:80/a@b`,
      'https://[2001:db8::1]/a@b',
    ]),
  ],
  repository: (s) => ['repository', `git@github.com:acme/${name(s)}.git`],
  'console URL': (s) => [
    'link',
    `https://${region(s)}.console.aws.amazon.com/ecs/v2/clusters/${word(s)}/services/${name(s)}/health`,
  ],
  'bucket key': (s) => [
    'location',
    `s3://acme-${word(s)}/AWSLogs/${account(s)}/2026/11/0${s.int(1, 9)}/part-0000${s.int(1, 9)}.gz`,
  ],
  'log group': (s) => ['logGroup', `/aws/lambda/${stackName(s)}`],
  'stack name': (s) => ['stack', stackName(s)],
  'parameter path': (s) => ['parameterPath', `/mayaops/prod/${name(s)}/database/host`],
  cron: (s) => ['schedule', `cron(${s.int(0, 59)} ${s.int(0, 23)} * * ? *)`],
  rate: (s) => ['schedule', `rate(${s.int(2, 60)} minutes)`],
  version: (s) => [
    'version',
    `${s.int(1, 20)}.${s.int(0, 30)}.${s.int(0, 99)}-rc.${s.int(1, 9)}+build.${s.int(1, 999)}`,
  ],
  'engine version': (s) => ['engineVersion', `${s.int(13, 17)}.${s.int(1, 9)}`],
  time: (s) => [
    'updatedAt',
    `2026-11-${s.int(10, 28)}T${s.int(10, 23)}:${s.int(10, 59)}:07.${s.text(3, digits)}Z`,
  ],
  duration: (s) => ['timeout', `PT${s.int(1, 59)}M${s.int(1, 59)}S`],
  'health check': (s) => [
    'healthCheck',
    s.one(['/ping', '/healthz', `/${word(s)}/health?deep=true`, '/v1/status']),
  ],
  command: (s) => [
    'command',
    s.one([
      'sh run.sh',
      'sh worker.sh',
      `node --max-old-space-size=${s.int(512, 4096)} dist/main.js`,
      'bundle exec puma -C config/puma.rb',
    ]),
  ],
  'user and group of a container': (s) => [
    'command',
    s.one([
      `docker run -u ${s.int(1000, 2000)}:${s.int(1000, 2000)} shop`,
      'podman run --user node:node shop',
      `docker run --user=${s.int(1000, 2000)}:0 shop`,
      'docker run -u root:root shop',
    ]),
  ],
  'words of a command in a sentence': (s) => [
    'note',
    s.one([
      'mysql 8 upgrade: use -prefix ok',
      'login page password field removed',
      "it's password 'policy' change",
      `at 2024-11-05 10:${s.int(10, 59)}:a:b:c`,
      'create user form: the password field is new',
      'default password policy, see mariadb -problem',
    ]),
  ],
  'user agent': (s) => [
    'userAgent',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${s.int(100, 142)}.0.0.0 Safari/537.36`,
  ],
  'CLI user agent': (s) => [
    'userAgent',
    `aws-cli/2.${s.int(10, 31)}.${s.int(0, 9)} Python/3.13.${s.int(0, 9)} Linux/6.8.0-aws exe/x86_64.ubuntu.24`,
  ],
  person: (s) => [
    'name',
    s.one([
      'Asha Rao',
      'Ben Okafor',
      'Zoë O’Neill-Ångström',
      'Łukasz Żółć',
      'María-José de la Cruz',
      '山田 太郎',
      'Jean-Luc Picard III',
    ]),
  ],
  email: (s) => ['email', `${s.one(['asha.rao', 'ben+ops', 'noor_haddad'])}${s.int(1, 99)}@acme.example`],
  reason: (s) => [
    'reason',
    s.one([
      'password rotated as every quarter',
      'the password was changed by support',
      'token expired, signed in again',
      'secret moved to Secrets Manager',
      'Basic authentication is turned off',
      'rotate credentials before the audit',
      'passwords must have 16 characters from now on',
      'API key of the old vendor removed',
      'bearer of bad news: the cache is too small',
      'new token bucket limits: 200 requests',
      'scaled up for Black Friday, OPS-4821',
      'key pair replaced; see the runbook',
      'cookie banner added to the shop',
      'pass the health check within 30 seconds',
    ]),
  ],
  title: (s) => [
    'description',
    s.one([
      'Orders database (PostgreSQL 16, multi-AZ)',
      'Cache for sessions & carts',
      'Nightly job: 02:15–02:45 UTC',
      'Feature #1234: new cart',
      'Q4/2026 capacity +25 %',
      'name: value pairs for the cart',
    ]),
  ],
  'public key': (s) => [
    'publicKey',
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${s.mixed(43, base64Signs)} asha@laptop`,
  ],
  'RSA public key': (s) => [
    'deployKey.pub',
    `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC${s.mixed(160, base64Signs)}= ci`,
  ],
  certificate: (s) => [
    'certificate',
    `-----BEGIN CERTIFICATE-----\nMIIDXTCCAkWgAwIBAgIJ${s.mixed(44, base64Signs)}\n${s.mixed(64, base64Signs)}\n${s.mixed(64, base64Signs)}\n-----END CERTIFICATE-----`,
  ],
  'PEM public key': (s) => [
    'verificationKey',
    `-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEF${s.mixed(40, base64Signs)}\n${s.mixed(64, base64Signs)}\n-----END PUBLIC KEY-----`,
  ],
  'base64 of harmless text': (s) => [
    'userData',
    Buffer.from(`#!/bin/sh\necho ${word(s)} started on port ${s.int(1000, 9999)}\n`).toString('base64'),
  ],
  'base64 of harmless JSON': (s) => [
    'settings',
    Buffer.from(JSON.stringify({ retries: s.int(1, 9), service: name(s), debug: false })).toString('base64'),
  ],
  'harmless JSON': (s) => [
    'config',
    JSON.stringify({ retries: s.int(1, 9), passwordPolicy: 'strong', items: [word(s), name(s)] }),
  ],
  'harmless YAML': (s) => [
    'config',
    `retries: ${s.int(1, 9)}\nservice: ${name(s)}\nlimits:\n  - name: cpu\n    value: ${s.int(1, 4)}\n`,
  ],
  'harmless XML': (s) => [
    'config',
    `<service name="${name(s)}"><port>${s.int(1000, 9999)}</port><tokenType>JWT</tokenType></service>`,
  ],
  'percent-encoded text': (s) => ['filter', `name%3A%20${name(s)}%20and%20region%3A%20${region(s)}`],
  'cursor of a page': (s) => [
    'nextToken',
    Buffer.from(JSON.stringify({ v: 1, p: s.text(26, upper + digits), i: 'byTime' })).toString('base64url'),
  ],
  'user pool': (s) => ['userPoolId', `${region(s)}_${s.mixed(9)}`],
  'user pool client': (s) => ['clientId', s.text(26, lower + digits)],
  'hosted zone': (s) => ['hostedZoneId', `Z${s.text(20, upper + digits)}`],
  distribution: (s) => ['distributionId', `E${s.text(13, upper + digits)}`],
  'object version': (s) => ['versionId', s.mixed(32, `${alphanumeric}._`)],
  'IAM unique id': (s) => ['principalId', `AROA${s.text(17, `${upper}234567`)}`],
  'authentication type': (s) => [
    s.one(['auth', 'basicAuth', 'registryAuth']),
    s.one(['none', 'oauth2', 'mutual-tls', 'certificate', 'disabled']),
  ],
  'authentication type in YAML': (s) => [
    'config',
    `auth: ${s.one(['true', 'none', 'oauth2', 'iam-database'])}\nauthor: ${word(s)}-team\nport: 80`,
  ],
  'base64 without a password': (s) => ['auth', Buffer.from(`nothing of ${word(s)}`).toString('base64')],
  'policy size': (s) => ['passwordLength', String(s.int(8, 64))],
  'token kind': (s) => ['tokenType', s.one(['JWT', 'opaque', 'Bearer'])],
  'name of a secret': (s) => ['secretName', `prod/${word(s)}/database`],
  'reference to a secret': (s) => [
    'password',
    `{{resolve:secretsmanager:prod/${word(s)}:SecretString:password}}`,
  ],
  'variable for a secret': (s) => ['note', `DB_PASSWORD=\${${word(s).toUpperCase()}_PASSWORD}`],
  port: (s) => ['port', String(s.int(1000, 9999))],
  'capacity plan': (s) => ['plan', `${s.int(1, 4)} vCPU / ${s.int(2, 16)} GB`],
  'regular expression': (s) => ['pattern', `^[A-Z]{2,${s.int(3, 9)}}\\d+$`],
  locale: (s) => ['locale', s.one(['en-US', 'de-CH', 'pt-BR'])],
  'font list': () => ['font', "'Open Sans', Helvetica, sans-serif"],
  'phone number': (s) => ['phone', `+41 44 ${s.text(3, digits)} ${s.text(2, digits)} ${s.text(2, digits)}`],
};

/** Places where a look-alike must stay unchanged, including `reason` and nested texts. */
export const lookAlikePlaces: Readonly<Record<string, (field: string, value: string) => object>> = {
  'own field': (field, value) => ({ [field]: value }),
  'nested in a list': (field, value) => ({ items: [{ [field]: value, size: 1 }] }),
  'in a sentence': (_field, value) => ({ note: `set to ${value} by the pipeline` }),
  'JSON in a string': (field, value) => ({ config: JSON.stringify({ [field]: value }) }),
};
