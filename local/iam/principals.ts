// Finds the principal of a request by its access key. Signatures are not verified: the access key identifies the
// caller, and each function receives only the key of its own role.
import { randomBytes } from 'node:crypto';
import type { Stack } from '../cloudformation/stack.ts';
import { LocalStackError } from '../shared/errors.ts';
import { type NamedPolicy, type RolePolicies, readRolePolicies } from './policies.ts';

/** A caller of AWS: a role session, the root user of an account, or an AWS service. */
export interface Principal {
  /** An ARN, or a service name such as `events.amazonaws.com`. */
  readonly name: string;
  readonly accountId: string;
  readonly identityPolicies: readonly NamedPolicy[];
  readonly permissionsBoundary?: NamedPolicy | undefined;
}

/** The credentials that a process needs to call AWS. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const everything: NamedPolicy = {
  name: 'root',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/**
 * The root user of an account. It has all permissions that no resource policy denies. Across accounts, a
 * resource policy must grant them.
 */
export function accountRoot(accountId: string): Principal {
  return { name: `arn:aws:iam::${accountId}:root`, accountId, identityPolicies: [everything] };
}

/** An AWS service that acts for the stack's account. It has no identity policies. */
export function servicePrincipal(name: string, accountId: string): Principal {
  return { name, accountId, identityPolicies: [] };
}

export interface Principals {
  /** Returns credentials for a session of the role. Fails when the stack has no such role. */
  assumeRole(roleArn: string, sessionName: string): Credentials;
  /**
   * Returns the principal of an access key id: a session, the root user of a 12-digit account, or a role by its
   * name.
   */
  find(accessKeyId: string): Principal | undefined;
}

export function createPrincipals(stack: Stack): Principals {
  const roles = readRolePolicies(stack);
  const sessions = new Map<string, Principal>();
  const sessionOf = (role: RolePolicies, sessionName: string): Principal => ({
    name: `arn:aws:sts::${stack.accountId}:assumed-role/${role.roleName}/${sessionName}`,
    accountId: stack.accountId,
    identityPolicies: role.identityPolicies,
    permissionsBoundary: role.permissionsBoundary,
  });
  const operators = new Map(
    [...roles.values()].map((role) => [role.roleName, sessionOf(role, 'operator')] as const),
  );
  return {
    assumeRole(roleArn, sessionName) {
      const role = roles.get(roleArn);
      if (role === undefined) throw new LocalStackError(`the stack has no role ${roleArn}`);
      const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
      sessions.set(accessKeyId, sessionOf(role, sessionName));
      return {
        accessKeyId,
        secretAccessKey: randomBytes(20).toString('hex'),
        sessionToken: randomBytes(20).toString('hex'),
      };
    },
    find: (accessKeyId) =>
      sessions.get(accessKeyId) ??
      operators.get(accessKeyId) ??
      (/^\d{12}$/.test(accessKeyId) ? accountRoot(accessKeyId) : undefined),
  };
}

/**
 * Returns the access key id of a request signed with Signature Version 4, or `undefined` when the request is not
 * signed.
 */
export function readAccessKeyId(authorization: string | undefined): string | undefined {
  return /^AWS4-HMAC-SHA256\s.*?Credential=([^/,\s]+)\//.exec(authorization ?? '')?.[1];
}
