// Checks settings that exclude or limit each other. Works on the raw input, so that these problems are reported
// together with the problems of single settings.
import { defaultIdentityClaims } from '../../core/access/identity-claims.ts';

/**
 * Claims that Cognito sets in access tokens and that no trigger can override
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html).
 */
const cognitoOwnClaims =
  /^(acr|amr|at_hash|aud|auth_time|azp|client_id|device_key|event_id|exp|iat|iss|jti|nbf|nonce|origin_jti|scope|sub|token_use|username|version|(cognito|dev|custom):.*)$/;

/** Returns one sentence for each conflict. */
export function findConflicts(input: unknown): string[] {
  const settings = asRecord(input);
  return [
    ...findArchiveConflicts(settings),
    ...findLockConflicts(settings),
    ...findIdentityConflicts(asRecord(settings.identity)),
    ...findWitnessConflicts(settings),
    ...findAlarmConflicts(asRecord(settings.alarms)),
    ...findDashboardConflicts(settings),
  ];
}

/** Words that the domain of a user pool must not contain. */
const reservedByCognito = /aws|amazon|cognito/;

function findDashboardConflicts({ stage, identity, dashboard }: Record<string, unknown>): string[] {
  const { cognito, dashboard: client } = asRecord(identity);
  const problems: string[] = [];
  if (cognito !== undefined && client !== undefined) {
    problems.push(
      'identity.dashboard: requires identity.issuer; with identity.cognito the stack creates the client itself',
    );
  }
  if (cognito === undefined && client === undefined && dashboard !== undefined) {
    problems.push(
      'dashboard: requires identity.dashboard, without which no dashboard is hosted; it is missing',
    );
  }
  if (cognito !== undefined && typeof stage === 'string' && reservedByCognito.test(stage)) {
    problems.push(
      `stage: must not contain aws, amazon or cognito with identity.cognito, because the domain of the sign-in page contains the stage; given: ${JSON.stringify(stage)}`,
    );
  }
  return problems;
}

function findArchiveConflicts({ archiveDays, retentionDays }: Record<string, unknown>): string[] {
  if (typeof archiveDays !== 'number' || typeof retentionDays !== 'number' || archiveDays <= retentionDays) {
    return [];
  }
  return [
    `archiveDays: must not exceed retentionDays (${retentionDays}), because a replay would restore expired entries; given: ${archiveDays}`,
  ];
}

function findLockConflicts({ sealing, retentionDays }: Record<string, unknown>): string[] {
  const { days } = asRecord(asRecord(sealing).objectLock);
  if (typeof days !== 'number' || typeof retentionDays !== 'number' || days <= retentionDays) return [];
  return [
    `sealing.objectLock.days: must not exceed retentionDays (${retentionDays}), because locked objects cannot expire with their entries; given: ${days}`,
  ];
}

function findWitnessConflicts({ witnesses }: Record<string, unknown>): string[] {
  const names = (Array.isArray(witnesses) ? witnesses : []).flatMap((witness) => {
    const { publicKey } = asRecord(witness);
    return typeof publicKey === 'string' ? [publicKey.split('+')[0] ?? ''] : [];
  });
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return [];
  return [`witnesses: must have keys with different names; given twice: ${JSON.stringify(repeated)}`];
}

function findAlarmConflicts({ emails, topicArn }: Record<string, unknown>): string[] {
  if (emails === undefined || topicArn === undefined) return [];
  return [
    'alarms.emails: requires a topic that the stack creates; with alarms.topicArn, subscribe to that topic instead',
  ];
}

function findIdentityConflicts(identity: Record<string, unknown>): string[] {
  const claims: Record<string, unknown> = { ...defaultIdentityClaims, ...asRecord(identity.claims) };
  const problems: string[] = [];
  const hasIssuer = identity.issuer !== undefined;
  const hasPool = identity.cognito !== undefined;
  if (hasIssuer === hasPool) {
    problems.push(
      `identity: must have either issuer (with audience) or cognito; given: ${hasPool ? 'both' : 'neither'}`,
    );
  }
  if (hasIssuer !== (identity.audience !== undefined)) {
    problems.push(
      hasIssuer
        ? 'identity.audience: must be a list of audiences when identity.issuer is set; it is missing'
        : 'identity.audience: requires identity.issuer, which is missing',
    );
  }
  const names = ['organization', 'role', 'accounts'];
  for (const name of hasPool ? names : []) {
    const claim = claims[name];
    if (typeof claim === 'string' && cognitoOwnClaims.test(claim)) {
      problems.push(
        `identity.claims.${name}: must be a claim that the trigger of a user pool can set, such as "${name}"; given: ${JSON.stringify(claim)}`,
      );
    }
  }
  if (hasPool && typeof claims.user === 'string' && !['sub', 'username'].includes(claims.user)) {
    problems.push(
      `identity.claims.user: must be "sub" or "username" with identity.cognito, because access tokens carry no other user claim; given: ${JSON.stringify(claims.user)}`,
    );
  }
  const given = Object.values(claims).filter((claim) => typeof claim === 'string');
  if (new Set(given).size < given.length) {
    problems.push(`identity.claims: must name four different claims; given: ${JSON.stringify(claims)}`);
  }
  return problems;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
