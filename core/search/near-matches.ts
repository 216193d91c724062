// Compares values that differ only in spelling. Searches compare exactly; this is only for suggestions.
import { foldTerm } from '../values/folded-text.ts';

/** How a suggested value differs from the value that was searched for. */
export const suggestionReasons = [
  'CASE',
  'WHITE_SPACE',
  'UNICODE_FORM',
  'SPELLING',
  'USER_NAME',
  'USER_EMAIL',
  'RENAMED',
] as const;

export type SuggestionReason = (typeof suggestionReasons)[number];

/** Returns the form that values have in common if they differ only in case, Unicode form or surrounding spaces. */
export function foldSpelling(value: string): string {
  return foldTerm(value.trim()).trim();
}

/** Whether the values are different, but only in case, Unicode form (NFC, NFD, NFKC) or surrounding white space. */
export function isNearMatch(given: string, candidate: string): boolean {
  return given !== candidate && foldSpelling(given) === foldSpelling(candidate);
}

/** Returns how near matches differ. `SPELLING` means in more than one way. */
export function describeDifference(given: string, candidate: string): SuggestionReason {
  if (given.trim() === candidate.trim()) return 'WHITE_SPACE';
  if (given.normalize('NFKC') === candidate.normalize('NFKC')) return 'UNICODE_FORM';
  if (given.toLowerCase() === candidate.toLowerCase()) return 'CASE';
  return 'SPELLING';
}
