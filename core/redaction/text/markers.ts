// Markers: what stands in an entry where a secret was. A marker says which secrets of the entry are equal, and
// nothing else about them.

/** Every marker in a text. */
export const markerPattern = /\[REDACTED:\d{1,9}\]/g;

const oneMarker = /\[REDACTED:\d{1,9}\]/;
const wholeMarker = /^\[REDACTED:\d{1,9}\]$/;
const everyMarker = /(\[REDACTED:\d{1,9}\])/;

/** The key under which an object's members are kept whose own keys are credentials. */
export const redactedKey = '[REDACTED]';

/** Whether the text is a marker and nothing else. */
export function isMarker(text: string): boolean {
  return wholeMarker.test(text);
}

/** Texts and markers in turn, a text first; either may be empty only for a text. */
export function splitAtMarkers(text: string): string[] {
  return oneMarker.test(text) ? text.split(everyMarker) : [text];
}

/** Numbers the secrets of one entry in the order in which they are met. */
export class MarkerNumbers {
  readonly #numbers = new Map<string, number>();

  /** The marker for a secret, or for a marker that an earlier redaction left. */
  markerFor(secret: string): string {
    const identity = isMarker(secret) ? `marker ${secret}` : `secret ${secret}`;
    const number = this.#numbers.get(identity) ?? this.#numbers.size + 1;
    this.#numbers.set(identity, number);
    return `[REDACTED:${number}]`;
  }
}
