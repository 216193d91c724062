// Measures the length of a text as the contract, the filters and the published JSON Schema do.
import { markerPattern } from '../redaction/text/markers.ts';

/**
 * Returns the number of characters: Unicode code points, as JSON Schema counts `maxLength`. A redaction marker counts as
 * one, so that redaction never makes a text too long and every stored text can be searched for.
 */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text.replaceAll(markerPattern, '*')) length++;
  return length;
}

/** Returns the JSON Schema pattern, without its leading `^`, of the texts for which `lengthOf` is 1 to `maxLength`. Matching takes linear time. */
export function lengthPattern(maxLength: number): string {
  const marker = markerPattern.source;
  return `(?:${marker}|(?!${marker})[\\s\\S]){1,${maxLength}}$`;
}
