// Secrets without a form of their own: generated keys and passwords. How often the kind of character changes
// distinguishes them from names, paths and digests. Names of digests (see name-matcher.ts) are read before.
import { CharacterRuns } from '../text/character-runs.ts';
import { type Span, spansOf } from '../text/spans.ts';

/** A shorter run of letters and digits is not judged: ids of 32 characters and fewer are everywhere. */
const minRunLength = 40;

const runs = new CharacterRuns(/[A-Za-z0-9+/_-]/);

/** Public keys: SSH, and DER whose first member is no version number. */
const publicKey = /^(?:AAAA[A-Z][23A-Z]|MI[IGH]|MFkw|MCow|MHYw)/;

/** Public between these lines or tags: certificates, requests, public keys, digests and signatures in XML. */
const publicBlock =
  /<(?:[\w-]{1,64}:)?(?:X509[A-Za-z]{1,32}|Modulus|Exponent|DigestValue|SignatureValue)>[^<]*|-----BEGIN (?:CERTIFICATE|TRUSTED CERTIFICATE|CERTIFICATE REQUEST|X509 CRL|(?:[A-Z]{2,7} )?PUBLIC KEY|SSH2 PUBLIC KEY)-----(?:[^-]|-(?!----END))*/g;

/** Long runs that look generated. Base64 of a text does not; its text is searched elsewhere. */
export function findRandomRuns(text: string): Span[] {
  const found: Span[] = [];
  for (const { start, end: runEnd } of runs.spansIn(text, minRunLength)) {
    const end = behindPadding(text, runEnd);
    const run = text.slice(start, end);
    const isSecret =
      isGenerated(run) &&
      !publicKey.test(run) &&
      !isLabelledDigest(text, start) &&
      !isDocument(text, start, run) &&
      !isArchive(text, start, end);
    if (isSecret) found.push({ start, end });
  }
  return withoutPublic(text, found);
}

function behindPadding(text: string, end: number): number {
  if (text.charAt(end) !== '=') return end;
  return text.charAt(end + 1) === '=' ? end + 2 : end + 1;
}

/** The spans that are in no certificate, public key or signature. */
export function withoutPublic(text: string, spans: Span[]): Span[] {
  if (spans.length === 0) return spans;
  const shown = spansOf(text, publicBlock);
  return spans.filter(({ start }) => !shown.some((block) => block.start <= start && start < block.end));
}

/** The address of a document, which contains its id. The run begins at its host. */
function isDocument(text: string, start: number, run: string): boolean {
  return (
    /:\/\/(?:docs|drive)\.google\.$/.test(text.slice(Math.max(0, start - 32), start)) &&
    /^com\/(?:[a-z]+\/){1,3}d\//.test(run)
  );
}

/** The address of an archive, job, or upload in Amazon S3 Glacier, which ends with a random id of 92 or 138 characters. */
const archive =
  /(?<![\w-])\d{12}\/vaults\/[\w.-]{1,255}\/(?:archives|jobs|multipart-uploads)\/(?:[\w-]{92}|[\w-]{138})$/;
const maxArchiveLength = 460;

/** Whether a run that ends at `end` is the end of such an address. */
function isArchive(text: string, start: number, end: number): boolean {
  if (end - start < 92) return false;
  return archive.test(text.slice(Math.max(0, end - maxArchiveLength), end));
}

/** A name of a digest, and what assigns to it: `source_code_hash = "…"`. */
const digestBefore =
  /(?<!(?:pass(?:word|wd)?|pwd|secret|token)[-_.]?)(?:hash|sha-?\d{1,3}|digest|checksum|integrity|etag|fingerprint)\\?["'`]?\s{0,16}[:=]>?\s{0,16}\\?["'`]?$/i;

/** Whether a digest begins here: `sha512-…`, `sha256:…`, or behind its name. */
export function isLabelledDigest(text: string, start: number): boolean {
  return (
    /\bsha\d{1,3}[-:]?$/i.test(text.slice(Math.max(0, start - 8), start)) ||
    /^sha\d{3}-/.test(text.slice(start, start + 8)) ||
    digestBefore.test(text.slice(Math.max(0, start - 64), start))
  );
}

/**
 * 0.5 % of generated keys of 40 characters, and nearly all names, are below it. At 40, a length that issuers like,
 * twice it.
 */
const minLikelihood = -8;

/** From this length on, letters of both cases that look generated need no digit: a line of a key has 64. */
const minUndigitedLength = 60;

/** A physical name that CloudFormation made: words, a hash and random characters. */
const stackName = /[A-Za-z]{3}[0-9A-F]{8}-[A-Za-z0-9]{12,13}$/;

function isGenerated(run: string): boolean {
  if (/^[0-9a-f]+$/i.test(run)) return false;
  if (/^[a-z0-9]+$/.test(run)) return (run.match(/[a-z]\d/g)?.length ?? 0) >= 4;
  const isMixed =
    /[A-Z]/.test(run) && /[a-z]/.test(run) && (run.length >= minUndigitedLength || /\d/.test(run));
  const least = run.length === 40 && new Set(run).size >= 25 ? 2 * minLikelihood : minLikelihood;
  return (
    isMixed && likelihood(run) > least && !stackName.test(run) && !consistsOfWords(run) && !isReadable(run)
  );
}

/** Whether most of a run is small letters in rows of four and more, as in `DisassociateSourceFromS3Table`. */
export function consistsOfWords(run: string): boolean {
  const letters = (run.match(/[a-z]{4,}/g) ?? []).reduce((sum, word) => sum + word.length, 0);
  return letters >= run.length * 0.6;
}

/** The kind of a character: 0 small letter, 1 capital, 2 digit, 3 any other. */
function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}

/**
 * How much likelier a generator made a pair of neighbors than people did, as a logarithm, by the kinds of the two.
 * Words are small letters in a row; dates and account ids are digits in a row.
 */
const pairLikelihood = [
  [-1.2, 1.07, 0.1, 0],
  [1.07, 0.2, 0.1, 0],
  [0.1, 0.1, -1.1, 0],
  [0, 0, 0, -1],
] as const;

export function likelihood(run: string): number {
  let sum = 0;
  let before = kindOf(run.charCodeAt(0));
  for (let index = 1; index < run.length; index++) {
    const kind = kindOf(run.charCodeAt(index));
    sum += pairLikelihood[before]?.[kind] ?? 0;
    before = kind;
  }
  return sum;
}

function isReadable(run: string): boolean {
  for (const byte of Buffer.from(run, 'base64')) if (!isPrintableByte(byte)) return false;
  return true;
}

function isPrintableByte(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

const word = /(?<![^\s"'`(<[{,;=])[A-Za-z0-9!#$%^&*~?@+_-]{12,64}(?![^\s"'`)>\]},;.:])/g;

/** Words with all four kinds of characters in turn, as password generators make them and people do not write. */
export function findGeneratedPasswords(text: string): Span[] {
  if (text.length < 12 || !/[!#$%^&*~?]/.test(text)) return [];
  return spansOf(text, word).filter(({ start, end }) => isGeneratedPassword(text.slice(start, end)));
}

function isGeneratedPassword(word: string): boolean {
  const isMixed = /[A-Z]/.test(word) && /[a-z]/.test(word) && /\d/.test(word) && /[!#$%^&*~?]/.test(word);
  // A character class of a pattern is none.
  if (!isMixed || /a-z|A-Z|0-9|%[0-9A-Fa-f]{2}/.test(word) || /^\$[A-Z_]|\$\{/.test(word)) return false;
  let turns = 0;
  for (let index = 1; index < word.length; index++) {
    if (kindOf(word.charCodeAt(index)) !== kindOf(word.charCodeAt(index - 1))) turns++;
  }
  return turns >= 6 && turns * 2 >= word.length - 1;
}
