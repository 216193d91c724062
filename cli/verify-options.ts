// Parses the options that verify a complete log.
import { organizationIdSchema } from '../core/contract/identifiers.ts';
import { type NoteKey, noteKeyTypes, readVerifierKey } from '../core/log/signed-note.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { VerifyCommand } from './commands.ts';
import { type Given, quote, readSingle } from './given-options.ts';
import { optionRules } from './options.ts';

/** Reads the keys of witnesses. */
function readWitnessKeys(given: Given): readonly NoteKey[] {
  return [...new Set(given.get('witness') ?? [])].map((text) => {
    const key = readVerifierKey(text.trim(), noteKeyTypes.witness);
    if (key !== undefined) return key;
    throw new UsageError(
      `--witness must be the verifier key of a witness, of type 4 (Ed25519 cosignature); got ${quote(text)}`,
    );
  });
}

/** Reads the options that verify a complete log, which no filter can be combined with, and the keys of witnesses. */
export function readWholeLog(
  given: Given,
): Pick<VerifyCommand, 'isAll' | 'bucket' | 'organizationId' | 'keyFile' | 'witnesses'> {
  const bucket = readSingle(given, 'bucket');
  for (const option of ['organization', 'key']) {
    if (given.has(option) && bucket === undefined) throw new UsageError(`--${option} requires --bucket`);
  }
  const whole = ['bucket', 'all'].find((name) => given.has(name));
  const part = [...given.keys()].find((name) => name === 'entry' || optionRules[name]?.group === 'Filters');
  if (whole !== undefined && part !== undefined) {
    throw new UsageError(`--${whole} and --${part} cannot be used together`);
  }
  const organizationId = readSingle(given, 'organization');
  if (organizationId !== undefined && !organizationIdSchema.safeParse(organizationId).success) {
    throw new UsageError(`--organization must be an organization ID; got ${quote(organizationId)}`);
  }
  return {
    isAll: given.has('all'),
    bucket,
    organizationId,
    keyFile: readSingle(given, 'key'),
    witnesses: readWitnessKeys(given),
  };
}
