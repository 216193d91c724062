// The redaction rules of this release, as data. Their version goes into every entry: raise it with any change.
import { type Detector, detectors } from '../detectors/detectors.ts';
import { type NameRules, nameRules } from '../detectors/secret-names.ts';

export interface RedactionRules {
  readonly version: number;
  readonly names: NameRules;
  readonly detectors: readonly Detector[];
}

export const currentRules: RedactionRules = { version: 7, names: nameRules, detectors };

/** The version that the emitter stamps and the recorder keeps. */
export const redactionVersion = currentRules.version;
