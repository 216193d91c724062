// Reads the settings that identify the logs of this stack.
import * as z from 'zod/mini';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { LogIdentity } from '../../core/log/checkpoint.ts';
import { readJson } from './environment-variables.ts';

const identitySchema = z.object({ stage: z.string(), account: z.string(), region: z.string() });

/** Fails with INVALID_CONFIGURATION. */
export function readLogIdentity(): LogIdentity {
  return readJson(environmentNames.logIdentity, identitySchema);
}
