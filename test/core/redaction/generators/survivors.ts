// What is left of a secret: a test fails when as many characters in a row stay readable.

/** A shorter rest does not help to guess the secret. */
export const recoverableLength = 8;

/** The first part of the secret that the JSON text of a value shows; `undefined` when it shows none. */
export function survivingPart(secret: string, value: unknown): string | undefined {
  const texts = textsOf(value);
  const length = Math.min(recoverableLength, secret.length);
  for (let start = 0; start + length <= secret.length; start++) {
    const part = secret.slice(start, start + length);
    if (texts.some((text) => text.includes(part))) return part;
  }
  return undefined;
}

function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, child]) => [key, ...textsOf(child)]);
}
