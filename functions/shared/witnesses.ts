// Reads the witnesses of the sealed log.
import * as z from 'zod/mini';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { noteKeyTypes, readVerifierKey } from '../../core/log/signed-note.ts';
import type { Witness } from '../../core/log/submit-checkpoint.ts';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';
import { readJson } from './environment-variables.ts';

const witnessesSchema = z.array(z.object({ url: z.string(), publicKey: z.string() }));

/** Returns the witnesses; none if the variable is absent. Fails with INVALID_CONFIGURATION. */
export function readWitnesses(): readonly Witness[] {
  const name = environmentNames.witnesses;
  if (process.env[name] === undefined) return [];
  return readJson(name, witnessesSchema).map(({ url, publicKey }) => {
    const key = readVerifierKey(publicKey, noteKeyTypes.witness);
    if (key !== undefined) return { url: url.replace(/\/$/, ''), key };
    throw new RequestLogsError(errorCodes.invalidConfiguration, `${name} must have the keys of witnesses`, {
      field: name,
    });
  });
}
