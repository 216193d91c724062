// Reads the policies of the synthesized stack: the identity policies of each role, and the resource policies of
// tables, queues, buckets, buses, keys and functions.
import { tableKind } from '../cloudformation/kinds/dynamodb.ts';
import { eventBusKind, eventBusPolicyKind } from '../cloudformation/kinds/events.ts';
import { managedPolicyKind, policyKind, roleKind } from '../cloudformation/kinds/iam.ts';
import { keyAliasKind, keyKind } from '../cloudformation/kinds/kms.ts';
import { functionKind, functionPermissionKind } from '../cloudformation/kinds/lambda.ts';
import type { PolicyDocument } from '../cloudformation/kinds/policy-document.ts';
import type { Resource } from '../cloudformation/kinds/resource-kind.ts';
import { bucketPolicyKind } from '../cloudformation/kinds/s3.ts';
import { queuePolicyKind } from '../cloudformation/kinds/sqs.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { LocalStackError } from '../shared/errors.ts';
import { awsManagedPolicies } from './managed-policies.ts';

export interface NamedPolicy {
  readonly name: string;
  readonly policy: PolicyDocument;
}

/** The policies that apply to the sessions of a role. */
export interface RolePolicies {
  readonly roleName: string;
  readonly identityPolicies: readonly NamedPolicy[];
  readonly permissionsBoundary: NamedPolicy | undefined;
}

/**
 * Returns the policies of every role, by role ARN. Fails when a role uses a managed policy that
 * managed-policies.ts does not contain.
 */
export function readRolePolicies(stack: Stack): ReadonlyMap<string, RolePolicies> {
  const managed = stack.resources(managedPolicyKind);
  const findManaged = (arn: string, role: string): NamedPolicy => {
    const policy =
      managed.find((candidate) => candidate.ref === arn)?.properties.PolicyDocument ??
      awsManagedPolicies[arn];
    if (policy !== undefined) return { name: arn, policy };
    throw new LocalStackError(
      `role ${role} has the managed policy ${arn}, which the local stack does not support`,
    );
  };
  return new Map(
    stack.resources(roleKind).map((role) => {
      const attached = [...stack.resources(policyKind), ...managed].filter(({ properties }) =>
        properties.Roles?.includes(role.ref),
      );
      const { Policies = [], ManagedPolicyArns = [], PermissionsBoundary } = role.properties;
      return [
        role.attributes.Arn ?? '',
        {
          roleName: role.ref,
          identityPolicies: [
            ...Policies.map(({ PolicyName, PolicyDocument }) => ({
              name: PolicyName,
              policy: PolicyDocument,
            })),
            ...ManagedPolicyArns.map((arn) => findManaged(arn, role.logicalId)),
            ...attached.map(({ logicalId, properties }) => ({
              name: logicalId,
              policy: properties.PolicyDocument,
            })),
          ],
          permissionsBoundary:
            PermissionsBoundary === undefined ? undefined : findManaged(PermissionsBoundary, role.logicalId),
        },
      ];
    }),
  );
}

/** Returns the resource policies, by the ARN of the table, queue, bucket, bus, key or function. */
export function readResourcePolicies(stack: Stack): ReadonlyMap<string, PolicyDocument> {
  const policies = new Map<string, PolicyDocument>();
  const add = (arn: string | undefined, statements: PolicyDocument['Statement']) => {
    if (arn === undefined) return;
    policies.set(arn, {
      Version: '2012-10-17',
      Statement: [...(policies.get(arn)?.Statement ?? []), ...statements],
    });
  };
  for (const table of stack.resources(tableKind)) {
    const policy = table.properties.ResourcePolicy?.PolicyDocument;
    if (policy !== undefined) add(table.attributes.Arn, policy.Statement);
  }
  for (const { properties } of stack.resources(queuePolicyKind)) {
    for (const url of properties.Queues) {
      add(queueArn(stack, url.split('/').at(-1) ?? ''), properties.PolicyDocument.Statement);
    }
  }
  for (const { properties } of stack.resources(bucketPolicyKind)) {
    add(`arn:aws:s3:::${properties.Bucket}`, properties.PolicyDocument.Statement);
  }
  for (const key of stack.resources(keyKind)) {
    if (key.properties.KeyPolicy !== undefined) add(key.attributes.Arn, key.properties.KeyPolicy.Statement);
  }
  for (const { logicalId, properties } of stack.resources(functionPermissionKind)) {
    const { Action, FunctionName, Principal, SourceArn, SourceAccount } = properties;
    const lambda = stack
      .resources(functionKind)
      .find(({ ref, attributes }) => FunctionName === ref || FunctionName === attributes.Arn);
    add(lambda?.attributes.Arn, [
      {
        Sid: logicalId,
        Effect: 'Allow',
        Principal: Principal.includes('.') ? { Service: Principal } : { AWS: Principal },
        Action,
        Resource: lambda?.attributes.Arn,
        Condition: {
          ...(SourceArn && { ArnLike: { 'aws:SourceArn': SourceArn } }),
          ...(SourceAccount && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
        },
      },
    ]);
  }
  for (const policy of stack.resources(eventBusPolicyKind))
    add(busArnOf(stack, policy), [statementOf(stack, policy)]);
  return policies;
}

function busArnOf(stack: Stack, { properties }: BusPolicy): string {
  const name = properties.EventBusName ?? 'default';
  const bus = stack.resources(eventBusKind).find(({ ref }) => ref === name);
  return bus?.attributes.Arn ?? `arn:aws:events:${stack.region}:${stack.accountId}:event-bus/${name}`;
}

type BusPolicy = Resource<{
  EventBusName?: string | undefined;
  StatementId: string;
  Statement?: Record<string, unknown> | undefined;
  Action?: string | undefined;
  Principal?: string | undefined;
  Condition?: { Key: string; Type: string; Value: string } | undefined;
}>;

/** A bus policy contains either a complete statement, or an action with a principal and at most one condition. */
function statementOf(stack: Stack, policy: BusPolicy): Record<string, unknown> {
  const { StatementId, Statement, Action, Principal, Condition } = policy.properties;
  if (Statement !== undefined) return { Sid: StatementId, ...Statement };
  return {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
    Action: Action ?? 'events:PutEvents',
    Resource: busArnOf(stack, policy),
    ...(Condition && { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } }),
  };
}

/** The ARN of a queue in the stack's account. */
export function queueArn(stack: Stack, name: string): string {
  return `arn:aws:sqs:${stack.region}:${stack.accountId}:${name}`;
}

/**
 * Returns the ARN of the customer-managed key that a property refers to by id, ARN or alias. `undefined` for an
 * AWS managed key, which needs no permission.
 */
export function findCustomerKey(stack: Stack, name: string | undefined): string | undefined {
  if (name === undefined || /(^|:)alias\/aws\//.test(name)) return undefined;
  const alias = stack.resources(keyAliasKind).find(({ ref }) => name === ref || name.endsWith(`:${ref}`));
  const wanted = alias?.properties.TargetKeyId ?? name;
  const key = stack
    .resources(keyKind)
    .find(({ ref, attributes }) => wanted === ref || wanted === attributes.Arn);
  if (key !== undefined) return key.attributes.Arn;
  throw new LocalStackError(`the template encrypts with the key ${name}, which is not in the template`);
}
