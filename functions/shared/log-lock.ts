// Reads how the objects of the sealed log are locked.
import * as z from 'zod/mini';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { readJson } from './environment-variables.ts';

const lockSchema = z.object({ mode: z.enum(['governance', 'compliance']), days: z.int() });

/** Fails with INVALID_CONFIGURATION. */
export function readLogLock(): z.infer<typeof lockSchema> {
  return readJson(environmentNames.logLock, lockSchema);
}
