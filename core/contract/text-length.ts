// Measures the length of strings for the contract, the filters and the published JSON Schema.
import { markerPattern } from '../redaction/text/markers.ts';

/**
 * Returns the number of characters: Unicode code points, as `maxLength` in JSON Schema. A redaction marker counts as
 * one, so that redaction never makes a string too long and every stored string is a valid filter value.
 */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text.replaceAll(markerPattern, '*')) length++;
  return length;
}

/** Whether `lengthOf` the text is at most `maxLength`. Does not count short texts: no character has less than one unit. */
export function hasAtMost(text: string, maxLength: number): boolean {
  return text.length <= maxLength || lengthOf(text) <= maxLength;
}

/**
 * Returns the JSON Schema pattern, without its leading `^`, for strings whose `lengthOf` is 1 to `maxLength`. Matching
 * takes linear time.
 */
export function lengthPattern(maxLength: number): string {
  const marker = markerPattern.source;
  return `(?:${marker}|(?!${marker})[\\s\\S]){1,${maxLength}}$`;
}
