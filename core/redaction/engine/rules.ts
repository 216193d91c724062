// The redaction rules of this release, as data. Every entry stores their version (rule-version.ts).
import { type Detector, detectors } from '../detectors/detectors.ts';
import { type NameRules, nameRules } from '../detectors/secret-names.ts';
import { redactionVersion } from './rule-version.ts';

export interface RedactionRules {
  readonly version: number;
  readonly names: NameRules;
  readonly detectors: readonly Detector[];
  /** The characters that redaction decodes for one event. Text that would need more is a secret as a whole. */
  readonly maxDecodedCharacters: number;
}

/** As many as the largest event that EventBridge accepts has bytes, so that decoding costs no more than reading it. */
const maxDecodedCharacters = 1024 * 1024;

export const currentRules: RedactionRules = {
  version: redactionVersion,
  names: nameRules,
  detectors,
  maxDecodedCharacters,
};
