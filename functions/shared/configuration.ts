// Reads the environment variables that the stack sets on a function. A missing or malformed variable fails
// during initialization with an error that names it.
import { type IdentityClaims, identityClaimsSchema } from '../../core/access/identity-claims.ts';
import { producersSchema } from '../../core/access/producers.ts';
import { type RoleMap, roleMapSchema } from '../../core/access/role-map.ts';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { RecordingPolicy } from '../../core/recording/build-entry.ts';
import { type IndexShards, indexShardsSchema } from '../../core/storage/shards.ts';
import { readJson, readPositiveInteger } from './environment-variables.ts';

export function readRoleMap(): RoleMap {
  return readJson(environmentNames.roleMap, roleMapSchema);
}

export function readIndexShards(): IndexShards {
  return readJson(environmentNames.indexShards, indexShardsSchema);
}

export function readIdentityClaims(): IdentityClaims {
  return readJson(environmentNames.identityClaims, identityClaimsSchema);
}

export function readRecordingPolicy(): RecordingPolicy {
  const { retentionDays } = environmentNames;
  return {
    roleMap: readRoleMap(),
    producers: readJson(environmentNames.producers, producersSchema),
    retentionDays: process.env[retentionDays] === undefined ? undefined : readPositiveInteger(retentionDays),
  };
}

/** The maximum read units of one list request. */
export function readReadBudgetUnits(): number {
  return readPositiveInteger(environmentNames.readBudgetUnits);
}
