// IAM roles and policies.
import * as z from 'zod/mini';
import { policyDocument } from './policy-document.ts';
import { defineKind } from './resource-kind.ts';

export const roleKind = defineKind({
  type: 'AWS::IAM::Role',
  properties: z.strictObject({
    RoleName: z.optional(z.string()),
    AssumeRolePolicyDocument: policyDocument,
    ManagedPolicyArns: z.optional(z.array(z.string())),
    Policies: z.optional(z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: policyDocument }))),
    PermissionsBoundary: z.optional(z.string()),
  }),
  accepted: {
    Description: 'description',
    MaxSessionDuration: 'sessions do not expire',
    Path: 'has no effect',
    Tags: 'tags',
  },
  identify: (naming) => {
    const name = naming.property('RoleName') ?? naming.generatedName(64);
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:iam::${naming.accountId}:role/${name}`,
        RoleId: `AROA${naming.generatedId(17).toUpperCase()}`,
      },
    };
  },
});

export const policyKind = defineKind({
  type: 'AWS::IAM::Policy',
  properties: z.strictObject({
    PolicyName: z.string(),
    PolicyDocument: policyDocument,
    Roles: z.optional(z.array(z.string())),
  }),
  accepted: {},
  identify: (naming) => ({ ref: naming.generatedName(128), attributes: { Id: naming.generatedName(128) } }),
});

export const managedPolicyKind = defineKind({
  type: 'AWS::IAM::ManagedPolicy',
  properties: z.strictObject({
    ManagedPolicyName: z.optional(z.string()),
    PolicyDocument: policyDocument,
    Roles: z.optional(z.array(z.string())),
  }),
  accepted: { Description: 'description', Path: 'has no effect' },
  identify: (naming) => {
    const name = naming.property('ManagedPolicyName') ?? naming.generatedName(128);
    const arn = `arn:aws:iam::${naming.accountId}:policy/${name}`;
    return { ref: arn, attributes: { PolicyArn: arn } };
  },
});
