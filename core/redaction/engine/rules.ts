// The redaction rules of this release, as data. Their version (rule-version.ts) goes into every entry.
import { type Detector, detectors } from '../detectors/detectors.ts';
import { type NameRules, nameRules } from '../detectors/secret-names.ts';
import { redactionVersion } from './rule-version.ts';

export interface RedactionRules {
  readonly version: number;
  readonly names: NameRules;
  readonly detectors: readonly Detector[];
}

export const currentRules: RedactionRules = { version: redactionVersion, names: nameRules, detectors };
