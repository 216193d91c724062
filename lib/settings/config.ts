// Turns settings into a complete configuration: validates all of them at once and fills in the defaults.
import type * as z from 'zod/mini';
import { defaultIdentityClaims, type IdentityClaims } from '../../core/access/identity-claims.ts';
import { defaultRoleMap, type RoleMap } from '../../core/access/role-map.ts';
import { defaultShardWritesPerSecond, type IndexShards } from '../../core/storage/shards.ts';
import { ConfigError } from './config-error.ts';
import { findConflicts } from './setting-conflicts.ts';
import { type lockModes, ownAccount, type Settings, settingsSchema, type tableClasses } from './settings.ts';

/** A configuration with every default filled in. */
export interface Config {
  readonly stage: string;
  /** The issuer whose tokens are accepted; `undefined` if the stack creates a Cognito user pool. */
  readonly issuer: { readonly issuer: string; readonly audience: readonly string[] } | undefined;
  readonly claims: IdentityClaims;
  /** The issuer's public client for the dashboard. Without it and without a user pool, no dashboard is hosted. */
  readonly dashboardClient:
    | {
        readonly clientId: string;
        readonly scope: string;
        readonly parameters: Readonly<Record<string, string>> | undefined;
        readonly connectOrigins: readonly string[];
      }
    | undefined;
  /** `undefined`: use CloudFront's domain name. */
  readonly dashboardDomain: { readonly domainName: string; readonly certificateArn: string } | undefined;
  readonly roleMap: RoleMap;
  readonly producers: readonly {
    readonly account: string;
    readonly organizations: '*' | readonly string[];
  }[];
  readonly producerOrganizationId: string | undefined;
  readonly indexShards: IndexShards;
  /** Writes per second and shard from which a value of an index gets more shards. */
  readonly shardWritesPerSecond: number;
  /** `undefined`: what DynamoDB gives to an on-demand table. */
  readonly warmThroughput: { readonly writesPerSecond: number } | undefined;
  /** `undefined`: forever. */
  readonly retentionDays: number | undefined;
  readonly archiveDays: number;
  readonly corsOrigins: readonly string[];
  readonly removalPolicy: 'retain' | 'destroy';
  /** Table class of the entries table. */
  readonly tableClass: (typeof tableClasses)[number];
  readonly readBudgetUnits: number;
  readonly sealing: {
    readonly intervalSeconds: number;
    readonly archiveIntervalMinutes: number;
    readonly objectLock: { readonly mode: (typeof lockModes)[number]; readonly days: number };
  };
  /** Witnesses that cosign the checkpoints of the sealed log. */
  readonly witnesses: readonly { readonly url: string; readonly publicKey: string }[];
  readonly throttling: { readonly requestsPerSecond: number; readonly burst: number };
  readonly recorderConcurrency: number;
  readonly logRetentionDays: number;
  readonly alarms: {
    /** Email addresses to subscribe to the topic that the stack creates. */
    readonly emails: readonly string[];
    /** An existing topic; `undefined` if the stack creates one. */
    readonly topicArn: string | undefined;
    /** Hours without a new entry before an alarm. */
    readonly silenceHours: number;
    /** Denied attempts within five minutes before an alarm. */
    readonly deniedAttempts: number;
    /** URL of the runbook, without a fragment. Alarms link to its sections. */
    readonly runbookUrl: string;
  };
}

const defaultScope = 'openid profile';
const defaultArchiveDays = 90;
const defaultReadBudgetUnits = 128;
const defaultSealIntervalSeconds = 60;
const defaultArchiveIntervalMinutes = 60;
const defaultLockDays = 365;
const defaultThrottling = { requestsPerSecond: 100, burst: 200 };
const defaultRecorderConcurrency = 10;
const defaultLogRetentionDays = 365;

/** Longer than a weekend. */
const defaultSilenceHours = 72;

const defaultDeniedAttempts = 25;

/** The path in this project. The setting can be any URL that people can open. */
const defaultRunbookUrl = 'docs/operating.md';

/**
 * Returns the configuration that `input` describes. Fails with a ConfigError that has one line for each invalid setting:
 * its name, what is allowed, and the given value. `source` names the input in the message.
 */
export function parseConfig(input: unknown, source: string): Config {
  const parsed = settingsSchema.safeParse(input, { error: describeLimit });
  const problems = [
    ...(parsed.error?.issues.flatMap((issue) => describeIssue(issue, input)) ?? []),
    ...findConflicts(input),
  ];
  if (parsed.success && problems.length === 0) return fillIn(parsed.data);
  throw new ConfigError(
    `the configuration in ${source} is not valid:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
  );
}

function fillIn(settings: Settings): Config {
  const { issuer, audience, dashboard } = settings.identity;
  const { retentionDays } = settings;
  return {
    stage: settings.stage,
    issuer: issuer === undefined || audience === undefined ? undefined : { issuer, audience },
    claims: fillInClaims(settings.identity.claims),
    dashboardClient: dashboard && {
      clientId: dashboard.clientId,
      scope: dashboard.scope ?? defaultScope,
      parameters: dashboard.parameters,
      connectOrigins: dashboard.connectOrigins ?? [],
    },
    dashboardDomain: settings.dashboard,
    roleMap: settings.roleMap ?? defaultRoleMap,
    producers: settings.producers ?? [{ account: ownAccount, organizations: '*' }],
    producerOrganizationId: settings.producerOrganizationId,
    indexShards: settings.indexShards ?? {},
    shardWritesPerSecond: settings.shardWritesPerSecond ?? defaultShardWritesPerSecond,
    warmThroughput: settings.warmThroughput,
    retentionDays,
    archiveDays: settings.archiveDays ?? Math.min(defaultArchiveDays, retentionDays ?? defaultArchiveDays),
    corsOrigins: settings.corsOrigins ?? [],
    removalPolicy: settings.removalPolicy ?? 'retain',
    tableClass: settings.tableClass ?? 'STANDARD',
    readBudgetUnits: settings.readBudgetUnits ?? defaultReadBudgetUnits,
    sealing: {
      intervalSeconds: settings.sealing?.intervalSeconds ?? defaultSealIntervalSeconds,
      archiveIntervalMinutes: settings.sealing?.archiveIntervalMinutes ?? defaultArchiveIntervalMinutes,
      objectLock: {
        mode: settings.sealing?.objectLock?.mode ?? 'governance',
        days:
          settings.sealing?.objectLock?.days ?? Math.min(defaultLockDays, retentionDays ?? defaultLockDays),
      },
    },
    witnesses: settings.witnesses ?? [],
    throttling: {
      requestsPerSecond: settings.throttling?.requestsPerSecond ?? defaultThrottling.requestsPerSecond,
      burst: settings.throttling?.burst ?? defaultThrottling.burst,
    },
    recorderConcurrency: settings.recorderConcurrency ?? defaultRecorderConcurrency,
    logRetentionDays: settings.logRetentionDays ?? defaultLogRetentionDays,
    alarms: {
      emails: settings.alarms?.emails ?? [],
      topicArn: settings.alarms?.topicArn,
      silenceHours: settings.alarms?.silenceHours ?? defaultSilenceHours,
      deniedAttempts: settings.alarms?.deniedAttempts ?? defaultDeniedAttempts,
      runbookUrl: settings.alarms?.runbookUrl ?? defaultRunbookUrl,
    },
  };
}

function fillInClaims(claims: Settings['identity']['claims']): IdentityClaims {
  return {
    user: claims?.user ?? defaultIdentityClaims.user,
    organization: claims?.organization ?? defaultIdentityClaims.organization,
    role: claims?.role ?? defaultIdentityClaims.role,
    accounts: claims?.accounts ?? defaultIdentityClaims.accounts,
  };
}

/** Messages for issues that a schema of the core reports without a message. */
function describeLimit(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'too_small')
    return `must be at least ${issue.minimum}${issue.origin === 'string' ? ' character long' : ''}`;
  if (issue.code === 'too_big')
    return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters long' : ''}`;
  if (issue.code === 'invalid_key') return 'must have a name of 1 to 64 characters';
  if (issue.code === 'unrecognized_keys') return 'is not a setting';
  if (issue.code === 'invalid_type') return `must be of type ${issue.expected}`;
  return 'is not valid';
}

function describeIssue(issue: z.core.$ZodIssue, input: unknown): string[] {
  const paths =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => {
    const name = path.length === 0 ? 'the configuration' : path.map(String).join('.');
    return `${name}: ${issue.message}; ${describeGiven(readAt(input, path))}`;
  });
}

function readAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function describeGiven(value: unknown): string {
  if (value === undefined) return 'it is missing';
  const text = JSON.stringify(value);
  return `given: ${text.length > 120 ? `${text.slice(0, 120)}…` : text}`;
}
