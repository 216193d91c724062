// Reads what the stack put into a function's environment. A missing or malformed variable fails at load, naming it.
import type * as z from 'zod/mini';
import type { AdmissionPolicy } from '../core/admission.ts';
import { type IdentityClaims, identityClaimsSchema } from '../core/caller.ts';
import { environmentNames } from '../core/environment.ts';
import { errorCodes, RequestLogsError } from '../core/errors.ts';
import { producersSchema } from '../core/producers.ts';
import { type RoleMap, roleMapSchema } from '../core/role-map.ts';
import { type IndexShards, indexShardsSchema } from '../core/shards.ts';

/** The value of a variable that must be set. */
export function readText(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new RequestLogsError(errorCodes.invalidConfiguration, `${name} must be set`, { field: name });
}

function readJson<T>(name: string, schema: z.ZodMiniType<T>): T {
  try {
    return schema.parse(JSON.parse(readText(name)));
  } catch (error) {
    if (error instanceof RequestLogsError) throw error;
    throw new RequestLogsError(errorCodes.invalidConfiguration, `${name} must be JSON of its schema`, {
      field: name,
      cause: error,
    });
  }
}

function readPositiveInteger(name: string): number {
  const value = Number(readText(name));
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RequestLogsError(errorCodes.invalidConfiguration, `${name} must be a whole number above 0`, {
    field: name,
  });
}

export function readRoleMap(): RoleMap {
  return readJson(environmentNames.roleMap, roleMapSchema);
}

export function readIndexShards(): IndexShards {
  return readJson(environmentNames.indexShards, indexShardsSchema);
}

export function readIdentityClaims(): IdentityClaims {
  return readJson(environmentNames.identityClaims, identityClaimsSchema);
}

export function readAdmissionPolicy(): AdmissionPolicy {
  const { retentionDays } = environmentNames;
  return {
    roleMap: readRoleMap(),
    producers: readJson(environmentNames.producers, producersSchema),
    retentionDays: process.env[retentionDays] === undefined ? undefined : readPositiveInteger(retentionDays),
  };
}

/** Read units that one list request may spend. */
export function readReadBudgetUnits(): number {
  return readPositiveInteger(environmentNames.readBudgetUnits);
}
