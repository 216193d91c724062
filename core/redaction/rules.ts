// The redaction rules of this release, as data. Their version goes into every entry: raise it with any change.
import { type NameRules, nameRules } from './name-rules.ts';
import { type SecretShape, secretShapes } from './value-shapes.ts';

export interface RedactionRules {
  readonly version: number;
  readonly names: NameRules;
  readonly shapes: readonly SecretShape[];
}

export const currentRules: RedactionRules = { version: 7, names: nameRules, shapes: secretShapes };

/** The version that the emitter stamps and the recorder keeps. */
export const redactionVersion = currentRules.version;
