// All resource types that the local stack supports.
import { acceptedTypes } from './accepted.ts';
import { apiKind, authorizerKind, integrationKind, routeKind, stageKind } from './api-gateway.ts';
import { bucketDeploymentKind } from './bucket-deployment.ts';
import {
  cachePolicyKind,
  cloudFrontFunctionKind,
  distributionKind,
  originAccessControlKind,
  responseHeadersPolicyKind,
} from './cloudfront.ts';
import { tableKind } from './dynamodb.ts';
import { eventBusKind, eventBusPolicyKind, ruleKind } from './events.ts';
import { managedPolicyKind, policyKind, roleKind } from './iam.ts';
import { keyAliasKind, keyKind } from './kms.ts';
import { eventSourceMappingKind, functionKind, functionPermissionKind } from './lambda.ts';
import type { ResourceKind } from './resource-kind.ts';
import { bucketKind, bucketPolicyKind } from './s3.ts';
import { queueKind, queuePolicyKind } from './sqs.ts';

const kinds: readonly ResourceKind[] = [
  tableKind,
  queueKind,
  queuePolicyKind,
  bucketKind,
  bucketPolicyKind,
  keyKind,
  keyAliasKind,
  roleKind,
  policyKind,
  managedPolicyKind,
  eventBusKind,
  eventBusPolicyKind,
  ruleKind,
  functionKind,
  functionPermissionKind,
  eventSourceMappingKind,
  apiKind,
  integrationKind,
  routeKind,
  authorizerKind,
  stageKind,
  distributionKind,
  originAccessControlKind,
  cachePolicyKind,
  responseHeadersPolicyKind,
  cloudFrontFunctionKind,
  bucketDeploymentKind,
  ...acceptedTypes.map((accepted) => accepted.kind),
];

export const knownKinds: ReadonlyMap<string, ResourceKind> = new Map(kinds.map((kind) => [kind.type, kind]));
