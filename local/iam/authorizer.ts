// Decides whether a principal can perform an action on a resource, as IAM does: identity policies, permissions
// boundary, resource policy and key policy.
import { isConditionKeyArray, runSimulation, typeForContextKey } from '@cloud-copilot/iam-simulate';
import type { Stack } from '../cloudformation/stack.ts';
import { LocalStackError } from '../shared/errors.ts';
import { readResourcePolicies } from './policies.ts';
import type { Principal } from './principals.ts';

export interface AccessRequest {
  readonly principal: Principal;
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  readonly resourceArn: string;
  /** Condition keys of this request in addition to those that every request has. */
  readonly context?: Readonly<Record<string, string>>;
}

/** `undefined` when allowed, otherwise the message that AWS would return. */
export type Denial = string | undefined;

export interface Authorizer {
  findDenial(request: AccessRequest): Promise<Denial>;
}

/** A decision takes about a millisecond and depends only on the request, so decisions are cached. */
const maxRememberedDecisions = 10_000;

export function createAuthorizer(stack: Stack): Authorizer {
  const resourcePolicies = readResourcePolicies(stack);
  const remembered = new Map<string, Promise<Denial>>();
  return {
    findDenial(request) {
      const key = JSON.stringify([
        request.principal.name,
        request.action,
        request.resourceArn,
        request.context,
      ]);
      let decision = remembered.get(key);
      if (decision === undefined) {
        decision = decide(request, resourcePolicies.get(policyOwner(request.resourceArn)), stack.accountId);
        if (remembered.size >= maxRememberedDecisions) remembered.clear();
        remembered.set(key, decision);
      }
      return decision;
    },
  };
}

/** Indexes and objects have no policy of their own. The policy of their table or bucket applies. */
function policyOwner(resourceArn: string): string {
  return resourceArn.replace(/(:table\/[^/]+|:s3:::[^/]+)\/.*$/, '$1');
}

/** `stackAccountId` owns the buckets, whose ARNs contain no account. */
async function decide(
  { principal, action, resourceArn, context }: AccessRequest,
  resourcePolicy: unknown,
  stackAccountId: string,
) {
  const bucketOwner = resourceArn.startsWith('arn:aws:s3:::') ? stackAccountId : '';
  const response = await runSimulation(
    {
      identityPolicies: principal.identityPolicies.map((policy) => ({ ...policy })),
      ...(principal.permissionsBoundary && { permissionBoundaryPolicies: [principal.permissionsBoundary] }),
      ...(resourcePolicy !== undefined && { resourcePolicy }),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      request: {
        principal: principal.name,
        action,
        resource: {
          resource: resourceArn,
          accountId: resourceArn.split(':')[4] || bucketOwner || principal.accountId,
        },
        contextVariables: await typeContext({
          // Requests never leave this machine, so policies that require TLS are satisfied.
          'aws:SecureTransport': 'true',
          'aws:PrincipalAccount': principal.accountId,
          'aws:PrincipalIsAWSService': String(!principal.name.startsWith('arn:')),
          ...(principal.name.startsWith('arn:') && { 'aws:PrincipalArn': principalArn(principal.name) }),
          ...context,
        }),
      },
    },
    {},
  );
  if (response.resultType === 'error') {
    throw new LocalStackError(
      `IAM simulation failed for ${action} on ${resourceArn}: ${JSON.stringify(response.errors)}`,
    );
  }
  if (response.overallResult === 'Allowed') return undefined;
  const reason = explainRefusal(response, action);
  return `User: ${principal.name} is not authorized to perform: ${action} on resource: ${resourceArn} ${reason}`;
}

function explainRefusal(response: Awaited<ReturnType<typeof runSimulation>>, action: string): string {
  const analysis = response.resultType === 'single' ? response.result.analysis : undefined;
  if (analysis?.identityAnalysis?.result === 'ExplicitlyDenied') {
    return 'with an explicit deny in an identity-based policy';
  }
  if (analysis?.resourceAnalysis?.result === 'ExplicitlyDenied') {
    return 'with an explicit deny in a resource-based policy';
  }
  if (analysis?.permissionBoundaryAnalysis && analysis.permissionBoundaryAnalysis.result !== 'Allowed') {
    return `because no permissions boundary allows the ${action} action`;
  }
  return analysis?.identityAnalysis?.result === 'Allowed'
    ? `because no resource-based policy allows the ${action} action`
    : `because no identity-based policy allows the ${action} action`;
}

/** `aws:PrincipalArn` of a session is the ARN of its role. */
function principalArn(name: string): string {
  return name.replace(/^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:aws:iam::$1:role/$2');
}

/** The simulator requires a list for condition keys with several values. */
async function typeContext(context: Record<string, string>): Promise<Record<string, string | string[]>> {
  const typed: Record<string, string | string[]> = {};
  for (const [key, value] of Object.entries(context)) {
    const type = await typeForContextKey(key).catch(() => undefined);
    typed[key] = type !== undefined && isConditionKeyArray(type) ? [value] : value;
  }
  return typed;
}
