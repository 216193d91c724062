// Secrets that have no form but chance: keys that a generator made, told from names, paths and digests by how often
// the kind of character changes. Names of digests (see field-names.ts) are looked at before.
import { type Span, spansOf } from '../text/spans.ts';

/** From this length on a run of letters and digits is judged; ids of 32 and fewer characters are everywhere. */
const minRunLength = 40;

const runs = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{40,}={0,2}/g;

/** Public keys: SSH, and DER whose first member is no version number. */
const publicKey = /^(?:AAAA[A-Z][23A-Z]|MI[IGH]|MFkw|MCow|MHYw)/;

/** What stands between these lines is public: certificates, requests, public keys. */
const publicBlock =
  /-----BEGIN (?:CERTIFICATE|TRUSTED CERTIFICATE|CERTIFICATE REQUEST|X509 CRL|(?:[A-Z]{2,7} )?PUBLIC KEY|SSH2 PUBLIC KEY)-----(?:[^-]|-(?!----END))*/g;

/** Long runs that look generated. Base64 of a text is not chance; what it says is looked at elsewhere. */
export function findRandomRuns(text: string): Span[] {
  if (text.length < minRunLength) return [];
  const found = spansOf(text, runs).filter(({ start, end }) => {
    const run = text.slice(start, end);
    return isGenerated(run) && !publicKey.test(run) && !isLabelledDigest(text, start);
  });
  if (found.length === 0) return found;
  const shown = spansOf(text, publicBlock);
  return found.filter(({ start }) => !shown.some((block) => block.start <= start && start < block.end));
}

/** `sha512-…` and `sha256:…`, as lock files and registries write digests. */
function isLabelledDigest(text: string, start: number): boolean {
  return (
    /\bsha\d{1,3}[-:]?$/i.test(text.slice(Math.max(0, start - 8), start)) ||
    /^sha\d{3}-/.test(text.slice(start, start + 8))
  );
}

/** Below it lie 0.5 % of the keys of 40 characters, and nearly all names. Half as strict at 40, a length that issuers like. */
const minLikelihood = -8;

/** A physical name that CloudFormation made: words, a hash, chance. */
const stackName = /[A-Za-z]{3}[0-9A-F]{8}-[A-Za-z0-9]{12,13}$/;

function isGenerated(run: string): boolean {
  if (/^[0-9a-f]+$/i.test(run)) return false;
  if (/^[a-z0-9]+$/.test(run)) return (run.match(/[a-z]\d/g)?.length ?? 0) >= 4;
  const isMixed = /[A-Z]/.test(run) && /[a-z]/.test(run) && /\d/.test(run);
  const least = run.length === 40 && new Set(run).size >= 25 ? 2 * minLikelihood : minLikelihood;
  return isMixed && likelihood(run) > least && !stackName.test(run) && !isReadable(run);
}

/** The kind of a character: 0 small letter, 1 capital, 2 digit, 3 any other. */
function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}

/**
 * How much likelier chance made a pair of neighbours than people did, as a logarithm, by the kinds of the two. Words
 * are small letters in a row; dates and account ids are digits in a row.
 */
const pairLikelihood = [
  [-1.2, 1.07, 0.1, 0],
  [1.07, 0.2, 0.1, 0],
  [0.1, 0.1, -1.1, 0],
  [0, 0, 0, -1],
] as const;

function likelihood(run: string): number {
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
  return /^[\t\n\r -~]+$/.test(Buffer.from(run, 'base64').toString('latin1'));
}

const word = /(?<![^\s"'`(<[{,;=])[A-Za-z0-9!#$%^&*~?@+_-]{12,64}(?![^\s"'`)>\]},;.:])/g;

/** Words that hold all four kinds of characters, in turn, as password generators make them and people do not write. */
export function findGeneratedPasswords(text: string): Span[] {
  if (text.length < 12 || !/[!#$%^&*~?]/.test(text)) return [];
  return spansOf(text, word).filter(({ start, end }) => isGeneratedPassword(text.slice(start, end)));
}

function isGeneratedPassword(word: string): boolean {
  const isMixed = /[A-Z]/.test(word) && /[a-z]/.test(word) && /\d/.test(word) && /[!#$%^&*~?]/.test(word);
  if (!isMixed || /%[0-9A-F]{2}/i.test(word) || /^\$[A-Z_]|\$\{/.test(word)) return false;
  let turns = 0;
  for (let index = 1; index < word.length; index++) {
    if (kindOf(word.charCodeAt(index)) !== kindOf(word.charCodeAt(index - 1))) turns++;
  }
  return turns >= 6 && turns * 2 >= word.length - 1;
}
