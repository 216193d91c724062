// How a secret reads in base64, hex and percent-encoding, wherever in the encoded text it stands.

/** Longer ones are looked for as they are. */
const maxLength = 4096;

/** What a form of base64 or hex is a part of: the whole of it goes, since what is left of a cut one still tells something. */
const codedCharacter = /[A-Za-z0-9+/=_-]/;

/**
 * What stands in encoded text for the secret and nothing around it: in base64 and its form for URLs at each of the three
 * places that a byte can have in its group, in hex, and percent-encoded.
 */
export function encodedVariantsOf(secret: string): string[] {
  if (secret.length > maxLength) return [];
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((place) => base64At(bytes, place));
  const url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  const percent = secret.isWellFormed() ? encodeURIComponent(secret) : secret;
  return [...new Set([...base64, ...url, hex, hex.toUpperCase(), percent])].filter((form) => form !== secret);
}

/** The characters that the bytes alone decide, when as many others come before them. */
function base64At(bytes: Buffer, before: number): string {
  const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const first = Math.ceil((before * 8) / 6);
  return coded.slice(first, Math.floor(((before + bytes.length) * 8) / 6));
}

/** Where the encoded text begins and ends that holds the stretch. */
export function growToRun(text: string, start: number, end: number): { start: number; end: number } {
  let [first, last] = [start, end];
  while (first > 0 && codedCharacter.test(text.charAt(first - 1))) first--;
  while (last < text.length && codedCharacter.test(text.charAt(last))) last++;
  return { start: first, end: last };
}
