// Keys that a generator made, of 16 to 64 characters, in places where people quote keys: in quotes, and as two joined by a
// colon. Elsewhere, words of this length are ids.
import { type Span, spansOf } from '../text/spans.ts';
import { wordsOf } from './name-words.ts';
import { likelihood } from './random-text.ts';

const quoted = /(?<=["'`])[A-Za-z0-9_+/-]{16,64}={0,2}(?=["'`])/g;

/** Last words of names of what is random and public. */
const publicWords: ReadonlySet<string> = new Set(
  (
    'id ids identifier version etag hash sha sha1 sha256 sha512 md5 digest checksum integrity fingerprint ' +
    'thumbprint signature marker cursor commit revision arn name request kid x y n'
  ).split(' '),
);

/** A name and what can be between it and its quoted value. */
const label = /(?<name>[A-Za-z_][\w.-]{0,63})["'`\\]{0,4}\s{0,8}(?:[:=]>?|=>|-)?\s{0,8}\\?["'`]$/;

/** A token that marks a position in a list, and is no credential. */
const positionName = /(?:next|page|pagination|continuation)[-_.]?token$/i;

/** The longest name and separator that the pattern can match. */
const labelLength = 96;

/** How much likelier a generator made it than a person. One in thirty generated keys and hardly any name is below it. */
const minLikelihood = -3;

/** Quoted words that look generated, unless the name before them is that of an id, a version, or a digest. */
export function findQuotedKeys(text: string): Span[] {
  return spansOf(text, quoted).filter(({ start, end }) => {
    const key = text.slice(start, end);
    return isGenerated(key) && !isPublic(text.slice(Math.max(0, start - labelLength), start));
  });
}

/** Whether the text before a value ends with the name of an id, a version, a digest, or a position in a list. */
function isPublic(before: string): boolean {
  const name = label.exec(before)?.groups?.name ?? '';
  return publicWords.has(wordsOf(name).at(-1) ?? '') || positionName.test(name);
}

const inPath =
  /(?<=\/(?:tokens?|secrets?|verify|verification|reset|reset-password|invite|magic|api-?keys?|keys?)\/)[A-Za-z0-9_-]{20,128}(?![\w-])/gi;

/** Generated tokens in the path of a URL, behind a word that says so. */
export function findTokensInPaths(text: string): Span[] {
  return spansOf(text, inPath).filter(({ start, end }) => isGenerated(text.slice(start, end)));
}

const pair =
  /(?<![\w+/=:.-])(?<id>[A-Za-z0-9+/]{16,64}={0,2}):(?<key>[A-Za-z0-9+/_-]{24,64}={0,2})(?![\w+/=:-])/g;

/** A generated id and its key, joined by a colon. */
export function findGeneratedPairs(text: string): Span[] {
  return Array.from(text.matchAll(pair)).flatMap(({ 0: all, index, groups = {} }) => {
    const { id = '', key = '' } = groups;
    return isGenerated(id, 2 * minLikelihood) && isGenerated(key, 2 * minLikelihood)
      ? [{ start: index, end: index + all.length }]
      : [];
  });
}

/** A word, a Region, or the name of a stack between separators: `us-east-1_aB3dE5fG7`, `OrdersStack-Bucket-1A2B3C4D5E6F`. */
const joinedWord = /^(?=.*[-_/]).*(?:[A-Za-z][a-z]{4}|^[a-z]{2}-)/;

function isGenerated(key: string, least = minLikelihood): boolean {
  const isMixed = /[A-Z]/.test(key) && /[a-z]/.test(key) && /\d/.test(key);
  return isMixed && likelihood(key) > least && !joinedWord.test(key);
}
