import { describe, expect, it } from 'vitest';
import { defaultIdentityClaims } from '../../../core/access/identity-claims.ts';
import { defaultRoleMap } from '../../../core/access/role-map.ts';
import { parseConfig } from '../../../lib/settings/config.ts';
import { ConfigError } from '../../../lib/settings/config-error.ts';
import {
  domainSettings,
  hostedSettings,
  issuerSettings,
  poolSettings,
  witnessSettings,
} from '../synthesize.ts';

/** The lines of the error for these settings, without the heading. */
function problemsOf(settings: unknown): string[] {
  try {
    parseConfig(settings, 'the test');
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}

const withIdentity = (identity: object) => ({ stage: 'test', identity });
const hostedWith = (dashboard: object) =>
  withIdentity({
    ...hostedSettings.identity,
    dashboard: { ...hostedSettings.identity.dashboard, ...dashboard },
  });
const withWitnesses = (...changes: object[]) => ({
  ...poolSettings,
  witnesses: changes.map((change) => ({ ...witnessSettings.witnesses[0], ...change })),
});
const poolClaims = (claims: object) => withIdentity({ cognito: {}, claims });

describe('parseConfig', () => {
  it('fills in every default', () => {
    expect(parseConfig(poolSettings, 'the test')).toEqual({
      stage: 'test',
      issuer: undefined,
      claims: defaultIdentityClaims,
      roleMap: defaultRoleMap,
      producers: [{ account: 'self', organizations: '*' }],
      producerOrganizationId: undefined,
      indexShards: {},
      shardWritesPerSecond: 500,
      retentionDays: undefined,
      archiveDays: 90,
      corsOrigins: [],
      removalPolicy: 'retain',
      tableClass: 'STANDARD',
      readBudgetUnits: 128,
      sealing: {
        intervalSeconds: 60,
        archiveIntervalMinutes: 60,
        objectLock: { mode: 'governance', days: 365 },
      },
      witnesses: [],
      throttling: { requestsPerSecond: 100, burst: 200 },
      recorderConcurrency: 10,
      logRetentionDays: 365,
      alarms: {
        emails: [],
        topicArn: undefined,
        silenceHours: 72,
        deniedAttempts: 25,
        runbookUrl: 'docs/operating.md',
      },
    });
  });

  it('keeps given values', () => {
    const given = {
      stage: 'prod-eu',
      identity: {
        issuer: 'https://login.example.com/realms/ops',
        audience: ['dashboard', 'cli'],
        claims: { organization: 'org_id', accounts: 'https://example.com/accounts' },
      },
      roleMap: { Admin: ['*'] },
      producers: [{ account: '111122223333', organizations: ['acme', 'globex'] }],
      producerOrganizationId: 'o-a1b2c3d4e5',
      indexShards: { action: [{ from: '2027-01-01', shards: 4 }] },
      shardWritesPerSecond: 250,
      warmThroughput: { writesPerSecond: 20_000 },
      retentionDays: 400,
      archiveDays: 30,
      corsOrigins: ['https://ops.example.com', 'http://localhost:5173'],
      removalPolicy: 'destroy',
      tableClass: 'STANDARD_INFREQUENT_ACCESS',
      readBudgetUnits: 256,
      sealing: {
        intervalSeconds: 30,
        archiveIntervalMinutes: 15,
        objectLock: { mode: 'compliance', days: 90 },
      },
      witnesses: witnessSettings.witnesses,
      throttling: { burst: 20 },
      recorderConcurrency: 50,
      logRetentionDays: 30,
      alarms: {
        topicArn: 'arn:aws:sns:eu-west-1:111122223333:pager',
        silenceHours: 4,
        deniedAttempts: 3,
        runbookUrl: 'https://wiki.example.com/request-logs/runbook',
      },
    };
    const { identity, ...others } = given;
    expect(parseConfig(given, 'the test')).toEqual({
      ...others,
      issuer: { issuer: identity.issuer, audience: identity.audience },
      claims: { user: 'sub', organization: 'org_id', role: 'role', accounts: 'https://example.com/accounts' },
      throttling: { requestsPerSecond: 100, burst: 20 },
      alarms: { ...given.alarms, emails: [] },
    });
  });

  it('locks the log for a year by default, but never longer than entries are kept', () => {
    const lock = (settings: object) =>
      parseConfig({ ...poolSettings, ...settings }, 'the test').sealing.objectLock;
    expect(lock({ retentionDays: 400 })).toEqual({ mode: 'governance', days: 365 });
    expect(lock({ retentionDays: 30 })).toEqual({ mode: 'governance', days: 30 });
    expect(lock({ sealing: { objectLock: { days: 7 } } })).toEqual({ mode: 'governance', days: 7 });
  });

  it('accepts a client for the dashboard, by default with the scopes of OpenID Connect', () => {
    expect(parseConfig(hostedSettings, 'the test').dashboardClient).toEqual({
      clientId: 'dashboard',
      scope: 'openid profile',
      parameters: undefined,
      connectOrigins: [],
    });
    const more = { scope: 'openid offline_access', parameters: { audience: 'request-logs' } };
    expect(parseConfig(hostedWith(more), 'the test').dashboardClient).toMatchObject(more);
  });

  it('by default keeps archived events no longer than entries', () => {
    expect(parseConfig({ ...poolSettings, retentionDays: 30 }, 'the test').archiveDays).toBe(30);
    expect(parseConfig({ ...poolSettings, retentionDays: 400 }, 'the test').archiveDays).toBe(90);
  });

  it('accepts an http issuer on localhost', () => {
    const issuer = 'http://localhost:3000/_local/issuer';
    expect(problemsOf(withIdentity({ issuer, audience: ['request-logs'] }))).toEqual([]);
  });

  it.each([
    [
      'stage',
      { ...poolSettings, stage: 'Prod' },
      '- stage: must be 1 to 20 characters from a-z, 0-9 and -, starting with a letter; given: "Prod"',
    ],
    [
      'a witness over http',
      withWitnesses({ url: 'http://witness.example.com' }),
      '- witnesses.0.url: must be the https URL of a witness without a query (http only for localhost), such as https://witness.example.com; given: "http://witness.example.com"',
    ],
    [
      'a witness with an IP address',
      withWitnesses({ url: 'https://169.254.169.254' }),
      '- witnesses.0.url: must be the https URL of a witness without a query (http only for localhost), such as https://witness.example.com; given: "https://169.254.169.254"',
    ],
    [
      'a witness with a user name',
      withWitnesses({ url: 'http://localhost@evil.example' }),
      '- witnesses.0.url: must be the https URL of a witness without a query (http only for localhost), such as https://witness.example.com; given: "http://localhost@evil.example"',
    ],
    [
      'a witness with the key of a log',
      withWitnesses({ publicKey: 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8' }),
      '- witnesses.0.publicKey: must be the verifier key of a witness for Ed25519 cosignatures: <name>+<key ID>+<base64>, of type 4; given: "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"',
    ],
    [
      'a witness twice',
      withWitnesses({}, { url: 'https://other.example.com' }),
      '- witnesses: must have keys with different names; given twice: "witness.example.com"',
    ],
    [
      'a missing stage',
      { identity: { cognito: {} } },
      '- stage: must be 1 to 20 characters from a-z, 0-9 and -, starting with a letter; it is missing',
    ],
    [
      'identity.issuer',
      withIdentity({ issuer: 'http://issuer.example.com', audience: ['a'] }),
      '- identity.issuer: must be an https URL without a query (http only for localhost) that equals the `iss` claim of the tokens; given: "http://issuer.example.com"',
    ],
    [
      'identity.issuer with localhost as a user name',
      withIdentity({ issuer: 'http://localhost@evil.example', audience: ['a'] }),
      '- identity.issuer: must be an https URL without a query (http only for localhost) that equals the `iss` claim of the tokens; given: "http://localhost@evil.example"',
    ],
    [
      'an empty identity.audience',
      withIdentity({ issuer: 'https://a.example', audience: [] }),
      '- identity.audience: must name at least one audience; given: []',
    ],
    [
      'a missing identity.audience',
      withIdentity({ issuer: 'https://a.example' }),
      '- identity.audience: must be a list of audiences when identity.issuer is set; it is missing',
    ],
    [
      'an audience without issuer',
      withIdentity({ cognito: {}, audience: ['a'] }),
      '- identity.audience: requires identity.issuer, which is missing',
    ],
    [
      'no identity',
      withIdentity({}),
      '- identity: must have either issuer (with audience) or cognito; given: neither',
    ],
    [
      'two identities',
      withIdentity({ issuer: 'https://a.example', audience: ['a'], cognito: {} }),
      '- identity: must have either issuer (with audience) or cognito; given: both',
    ],
    [
      'a client of the pool that the stack creates itself',
      withIdentity({ cognito: {}, dashboard: { clientId: 'a' } }),
      '- identity.dashboard: requires identity.issuer; with identity.cognito the stack creates the client itself',
    ],
    [
      'a dashboard without a sign-in',
      { ...issuerSettings, ...domainSettings },
      '- dashboard: requires identity.dashboard, without which no dashboard is hosted; it is missing',
    ],
    [
      'a stage that the domain of a user pool cannot contain',
      { ...poolSettings, stage: 'aws-test' },
      '- stage: must not contain aws, amazon or cognito with identity.cognito, because the domain of the sign-in page contains the stage; given: "aws-test"',
    ],
    [
      'a client id with a space',
      hostedWith({ clientId: 'a b' }),
      '- identity.dashboard.clientId: must be the ID of a public client, 1 to 256 characters without spaces; given: "a b"',
    ],
    [
      'a scope without openid',
      hostedWith({ scope: 'profile' }),
      '- identity.dashboard.scope: must be scopes separated by single spaces, including openid; given: "profile"',
    ],
    [
      'a parameter that the dashboard sets itself',
      hostedWith({ parameters: { redirect_uri: 'https://evil.example' } }),
      '- identity.dashboard.parameters: must name parameters that the dashboard does not set itself, such as "audience"; given: {"redirect_uri":"https://evil.example"}',
    ],
    [
      'an origin with a path',
      hostedWith({ connectOrigins: ['https://a.example/token'] }),
      '- identity.dashboard.connectOrigins.0: must be an origin such as https://ops.example.com without a path (http only for localhost); given: "https://a.example/token"',
    ],
    [
      'a certificate of another region',
      {
        ...hostedSettings,
        dashboard: {
          domainName: 'logs.example.com',
          certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a1b2',
        },
      },
      '- dashboard.certificateArn: must be the ARN of an ACM certificate in us-east-1, the region that CloudFront requires; given: "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2"',
    ],
    [
      'a claim that is reserved by Cognito',
      poolClaims({ role: 'scope' }),
      `- identity.claims.role: must be a claim that the trigger of a user pool can set, such as "role"; given: "scope"`,
    ],
    [
      'a user claim that Cognito access tokens do not carry',
      poolClaims({ user: 'email' }),
      '- identity.claims.user: must be "sub" or "username" with identity.cognito, because access tokens carry no other user claim; given: "email"',
    ],
    [
      'roleMap',
      { ...poolSettings, roleMap: { Admin: ['service'] } },
      '- roleMap.Admin.0: must be *, <kind>:* or <kind>:<action>, such as service:update; given: "service"',
    ],
    [
      'a misspelled kind',
      { ...poolSettings, roleMap: { Admin: ['*', 'resorce:update'] } },
      '- roleMap.Admin.1: must be resource:update, which this value appears to misspell; given: "resorce:update"',
    ],
    [
      'a misspelled action',
      { ...poolSettings, roleMap: { Auditor: ['request-logs:raed'] } },
      '- roleMap.Auditor.0: must be request-logs:read, which this value appears to misspell; given: "request-logs:raed"',
    ],
    [
      'producers',
      { ...poolSettings, producers: [] },
      '- producers: must name at least one producer, otherwise nothing is recorded; given: []',
    ],
    [
      'the account of a producer',
      { ...poolSettings, producers: [{ account: '12', organizations: '*' }] },
      '- producers.0.account: must be a 12-digit AWS account ID, or "self" for the account of the stack; given: "12"',
    ],
    [
      'the organizations of a producer',
      { ...poolSettings, producers: [{ account: 'self', organizations: [] }] },
      '- producers.0.organizations: must be "*" or a list of at least one organization ID; given: []',
    ],
    [
      'producerOrganizationId',
      { ...poolSettings, producerOrganizationId: 'acme' },
      '- producerOrganizationId: must be the ID of an AWS organization, such as o-a1b2c3d4e5; given: "acme"',
    ],
    [
      'indexShards',
      { ...poolSettings, indexShards: { action: [{ from: '2027-01-01', shards: 0 }] } },
      '- indexShards.action.0.shards: must be at least 1; given: 0',
    ],
    [
      'an unknown index',
      { ...poolSettings, indexShards: { status: [] } },
      '- indexShards.status: is not a setting; allowed here: time, user, action, accountRegion, resourceName, finding; given: []',
    ],
    [
      'retentionDays',
      { ...poolSettings, retentionDays: 0 },
      '- retentionDays: must be an integer number of days from 1 to 36500; given: 0',
    ],
    [
      'archiveDays',
      { ...poolSettings, retentionDays: 30, archiveDays: 31 },
      '- archiveDays: must not exceed retentionDays (30), because a replay would restore expired entries; given: 31',
    ],
    [
      'objectLock.days',
      { ...poolSettings, retentionDays: 30, sealing: { objectLock: { days: 31 } } },
      '- sealing.objectLock.days: must not exceed retentionDays (30), because locked objects cannot expire with their entries; given: 31',
    ],
    [
      'intervalSeconds',
      { ...poolSettings, sealing: { intervalSeconds: 45 } },
      '- sealing.intervalSeconds: must be one of 5, 10, 15, 20, 30, 60, 120, 180, 240; given: 45',
    ],
    [
      'archiveIntervalMinutes',
      { ...poolSettings, sealing: { archiveIntervalMinutes: 45 } },
      '- sealing.archiveIntervalMinutes: must be one of 1, 5, 10, 15, 30, 60; given: 45',
    ],
    [
      'archiveDays of 0, which EventBridge interprets as forever',
      { ...poolSettings, archiveDays: 0 },
      '- archiveDays: must be an integer number of days from 1 to 36500; given: 0',
    ],
    [
      'corsOrigins',
      { ...poolSettings, corsOrigins: ['https://ops.example.com/'] },
      '- corsOrigins.0: must be an origin such as https://ops.example.com without a path (http only for localhost); given: "https://ops.example.com/"',
    ],
    [
      'removalPolicy',
      { ...poolSettings, removalPolicy: 'snapshot' },
      '- removalPolicy: must be "retain" or "destroy"; given: "snapshot"',
    ],
    [
      'readBudgetUnits',
      { ...poolSettings, readBudgetUnits: 1 },
      '- readBudgetUnits: must be an integer number of read units from 8 to 4096; given: 1',
    ],
    [
      'throttling',
      { ...poolSettings, throttling: { burst: '5' } },
      '- throttling.burst: must be an integer number of requests from 1 to 5000; given: "5"',
    ],
    [
      'recorderConcurrency',
      { ...poolSettings, recorderConcurrency: 1 },
      '- recorderConcurrency: must be an integer number of batches from 2 to 1000; given: 1',
    ],
    [
      'growth at the limit of a partition',
      { ...poolSettings, shardWritesPerSecond: 1000 },
      '- shardWritesPerSecond: must be an integer number of writes from 1 to 900; given: 1000',
    ],
    [
      'warm throughput below that of a new table',
      { ...poolSettings, warmThroughput: { writesPerSecond: 100 } },
      '- warmThroughput.writesPerSecond: must be an integer number of writes from 4000 to 1000000; given: 100',
    ],
    [
      'a subscriber',
      { ...poolSettings, alarms: { emails: ['ops'] } },
      '- alarms.emails.0: must be an email address; given: "ops"',
    ],
    [
      'a topic',
      { ...poolSettings, alarms: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:pager.fifo' } },
      '- alarms.topicArn: must be the ARN of a standard SNS topic; given: "arn:aws:sns:eu-west-1:111122223333:pager.fifo"',
    ],
    [
      'a threshold of 0 denied attempts',
      { ...poolSettings, alarms: { deniedAttempts: 0 } },
      '- alarms.deniedAttempts: must be an integer number of attempts from 1 to 1000000; given: 0',
    ],
    [
      'an unknown table class',
      { ...poolSettings, tableClass: 'IA' },
      '- tableClass: must be "STANDARD" or "STANDARD_INFREQUENT_ACCESS"; given: "IA"',
    ],
    [
      'silence of more than a week',
      { ...poolSettings, alarms: { silenceHours: 169 } },
      '- alarms.silenceHours: must be an integer number of hours from 1 to 168; given: 169',
    ],
    [
      'a runbook URL with a fragment, which alarms add themselves',
      { ...poolSettings, alarms: { runbookUrl: 'https://wiki.example.com/runbook#top' } },
      '- alarms.runbookUrl: must be an https URL without a fragment; given: "https://wiki.example.com/runbook#top"',
    ],
    [
      'subscribers of an existing topic',
      {
        ...poolSettings,
        alarms: { emails: ['ops@example.com'], topicArn: 'arn:aws:sns:eu-west-1:111122223333:pager' },
      },
      '- alarms.emails: requires a topic that the stack creates; with alarms.topicArn, subscribe to that topic instead',
    ],
    [
      'an unknown setting',
      { ...poolSettings, identity: { cognito: { domain: 'x' } } },
      '- identity.cognito.domain: is not a setting; no settings are allowed here; given: "x"',
    ],
  ])('rejects %s, and names the setting, what is allowed and what was given', (_, settings, problem) => {
    expect(problemsOf(settings)).toEqual([problem]);
  });

  it('rejects a log retention that CloudWatch does not support', () => {
    expect(problemsOf({ ...poolSettings, logRetentionDays: 8 })[0]).toMatch(
      /^- logRetentionDays: must be one of 1, 3, 5, .*; given: 8$/,
    );
  });

  it('rejects two claims with the same name', () => {
    expect(problemsOf(poolClaims({ role: 'organization' }))[0]).toMatch(/^- identity.claims: must name four/);
  });

  it('lists the allowed settings when one is unknown', () => {
    expect(problemsOf({ ...poolSettings, retention: 30 })[0]).toMatch(
      /^- retention: is not a setting; allowed here: stage, identity, .*retentionDays.*; given: 30$/,
    );
  });

  it('reports all problems together', () => {
    const settings = {
      ...issuerSettings,
      stage: '',
      retentionDays: 5,
      archiveDays: 6,
      logRetentionDays: '1',
    };
    expect(problemsOf(settings).map((line) => line.split(':')[0])).toEqual([
      '- stage',
      '- logRetentionDays',
      '- archiveDays',
    ]);
  });

  it.each([undefined, null, 'dev', 5, []])('rejects %j completely', (input) => {
    expect(problemsOf(input)[0]).toMatch(/^- the configuration: must be an object with the settings stage, /);
  });

  it('names the source of the configuration', () => {
    expect(() => parseConfig({}, 'config/prod.json')).toThrow(/^the configuration in config\/prod\.json is/);
  });
});
