// Every resource type that the local stack knows.
import type { ResourceKind } from '../kind.ts';
import { acceptedTypes } from './accepted.ts';
import { apiKind, authorizerKind, integrationKind, routeKind, stageKind } from './api-gateway.ts';
import { tableKind } from './dynamodb.ts';
import { eventBusKind, eventBusPolicyKind, ruleKind } from './events.ts';
import { managedPolicyKind, policyKind, roleKind } from './iam.ts';
import { keyAliasKind, keyKind } from './kms.ts';
import { eventSourceMappingKind, functionKind, functionPermissionKind } from './lambda.ts';
import { queueKind, queuePolicyKind } from './sqs.ts';

const kinds: readonly ResourceKind[] = [
  tableKind,
  queueKind,
  queuePolicyKind,
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
  ...acceptedTypes.map((accepted) => accepted.kind),
];

export const knownKinds: ReadonlyMap<string, ResourceKind> = new Map(kinds.map((kind) => [kind.type, kind]));
