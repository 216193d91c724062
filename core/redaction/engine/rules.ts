// The redaction rules of this release, as data. Every entry stores their version (rule-version.ts).
import { type Detector, detectors } from '../detectors/detectors.ts';
import { type NameRules, nameRules } from '../detectors/secret-names.ts';
import { redactionVersion } from './rule-version.ts';

export interface RedactionRules {
  readonly version: number;
  readonly names: NameRules;
  readonly detectors: readonly Detector[];
  /** The decoding budget of one event, in characters. Text that would need more is a secret as a whole. */
  readonly maxDecodedCharacters: number;
}

/** Half the bytes of the largest event that EventBridge accepts: its decoding costs less than reading the event itself. */
const maxDecodedCharacters = 512 * 1024;

export const currentRules: RedactionRules = {
  version: redactionVersion,
  names: nameRules,
  detectors,
  maxDecodedCharacters,
};
