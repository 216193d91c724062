// Markers replace secrets in an entry. A marker shows which secrets of the entry are equal, and nothing else about them.

/** Matches every marker in a text. */
export const markerPattern = /\[REDACTED:\d{1,9}\]/g;

const oneMarker = /\[REDACTED:\d{1,9}\]/;
const wholeMarker = /^\[REDACTED:\d{1,9}\]$/;
const everyMarker = /(\[REDACTED:\d{1,9}\])/;

/** The key of the member that replaces all members of an object whose keys are credentials. */
export const redactedKey = '[REDACTED]';

/** Whether the text is a marker and nothing else. */
export function isMarker(text: string): boolean {
  return wholeMarker.test(text);
}

/** Whether the text contains a marker. */
export function hasMarker(text: string): boolean {
  return oneMarker.test(text);
}

/** Splits a text into texts and markers, alternating. The first part is a text; texts can be empty. */
export function splitAtMarkers(text: string): string[] {
  return oneMarker.test(text) ? text.split(everyMarker) : [text];
}

/** Numbers the secrets of one entry in the order in which they occur. */
export class MarkerNumbers {
  readonly #markers = new Map<string, string>();

  /** Returns the marker for a secret, or for a marker from an earlier redaction. */
  markerFor(secret: string): string {
    const known = this.#markers.get(secret);
    if (known !== undefined) return known;
    const marker = `[REDACTED:${this.#markers.size + 1}]`;
    this.#markers.set(secret, marker);
    return marker;
  }
}
