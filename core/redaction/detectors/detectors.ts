// All detectors: they find secrets anywhere in a text, by their own form or by what is around them.
import { CharacterRuns } from '../text/character-runs.ts';
import { mergeSpans, type Span, spansOf } from '../text/spans.ts';
import { findAssignedSecrets } from './assignments.ts';
import { findBasicCredentials } from './basic-credentials.ts';
import { findChangedSecrets, findRotatedSecrets } from './changed-secrets.ts';
import { findCodeSecrets, findKeyMembers } from './code-values.ts';
import { findCommandSecrets } from './commands.ts';
import { findForeignPasswords } from './foreign-words.ts';
import { findGeneratedPairs, findQuotedKeys, findTokensInPaths } from './generated-keys.ts';
import { findKeyTails } from './key-tails.ts';
import { findKubernetesSecrets } from './kubernetes-secrets.ts';
import type { NameMatcher } from './name-matcher.ts';
import { findElementTexts, findNamedValues } from './named-values.ts';
import {
  consistsOfWords,
  findGeneratedPasswords,
  findRandomRuns,
  isLabelledDigest,
  withoutPublic,
} from './random-text.ts';
import { findRedisSecrets } from './redis-secrets.ts';
import { findUrlPasswords } from './url-passwords.ts';
import { findPasswordsOfUsers } from './user-and-password.ts';
import { isJoinedWords } from './value-shape.ts';
import {
  findJsonWebTokens,
  findVendorTokens,
  privateKeyBlock,
  webhookHint,
  webhookPath,
} from './vendor-tokens.ts';

/** Finds secrets of one form in a text. */
export type Detector = (text: string, names: NameMatcher) => Span[];

const authorizationHeader = /\b(?:Bearer|Token)[ \t]+(?<secret>(?=[^\s,;"']*[\d.])[A-Za-z0-9._~+/=-]{16,})/gi;
/** Padding shows that it is encoded. */
const basicHeader = /\bBasic[ \t]+(?<secret>[A-Za-z0-9+/]{10,}={1,2})(?![\w=])/gi;
const keyCharacters = new CharacterRuns(/[A-Za-z0-9/+_-]/);
const tokenCharacters = new CharacterRuns(/[A-Za-z0-9+/_$-]/);

/** A detector for texts that contain the hint; the search for a hint costs far less than that for a form. */
function where(hint: RegExp, find: Detector): Detector {
  return (text, names) => (hint.test(text) ? find(text, names) : []);
}

/** A detector for texts with at least so many of these characters in a row. */
function whereRun(characters: CharacterRuns, length: number, find: Detector): Detector {
  return (text, names) => (characters.occursIn(text, length) ? find(text, names) : []);
}

/** Detectors of secrets that something in the text assigns, names, quotes or separates. */
const inContext: readonly Detector[] = [
  where(/:\/\//, findUrlPasswords),
  where(/[a-z]\/[A-Za-z0-9_-]{20}/i, findTokensInPaths),
  where(/[=:：＝ \t]/, findAssignedSecrets),
  findNamedValues,
  where(/<\//, findElementTexts),
  findCommandSecrets,
  findRedisSecrets,
  where(/\bfrom\b/i, findChangedSecrets),
  where(/\bnow\b/i, findRotatedSecrets),
  findForeignPasswords,
  where(/[/:,|]|\d\.\d|id|user|계정|아이디/i, findPasswordsOfUsers),
  where(/["'<]/, findCodeSecrets),
  where(/"k/, findKeyMembers),
  where(/kind/, findKubernetesSecrets),
  where(/bearer|token/i, (text) =>
    spansOf(text, authorizationHeader).filter(({ start, end }) => !isJoinedWords(text.slice(start, end))),
  ),
  where(/auth|basic/i, findBasicCredentials),
  where(/basic/i, (text) => spansOf(text, basicHeader)),
  where(/["'`]/, findQuotedKeys),
];

/** A text without such a character, as most values are, has no context for a secret. */
const contextSign = /[\s=:"'<>%@\\(,]|[^\0-\x7f]/;

/** Detectors of secrets by their own form. */
const byForm: readonly Detector[] = [
  whereRun(tokenCharacters, 12, findVendorTokens),
  where(/eyJ/, findJsonWebTokens),
  where(/-----BEGIN|PuTTY/, (text) => spansOf(text, privateKeyBlock)),
  where(/-----END/, findKeyTails),
  where(/[A-Za-z0-9+/=]:[A-Za-z0-9+/_-]{24}/, findGeneratedPairs),
  where(webhookHint, (text) => spansOf(text, webhookPath)),
  findAwsSecretKeys,
  findRandomRuns,
  findGeneratedPasswords,
];

export const detectors: readonly Detector[] = [
  ...byForm,
  where(contextSign, (text, names) => inContext.flatMap((find) => find(text, names))),
];

/** A secret in a text, and what several detectors found in it. */
export interface FoundSpan extends Span {
  /** Spans within this one that are secrets themselves; people quote them without the rest. */
  readonly parts?: readonly Span[];
}

/** The secrets in a text by their form, or by a name before them; in order and without overlap. */
export function runDetectors(text: string, detectors: readonly Detector[], names: NameMatcher): FoundSpan[] {
  if (isTooShort(text)) return [];
  const found = detectors.flatMap((find) => find(text, names));
  const merged = mergeSpans(found);
  return merged.length === found.length ? merged : withParts(merged, found);
}

function withParts(merged: readonly Span[], found: readonly Span[]): FoundSpan[] {
  const sorted = [...found].sort((a, b) => a.start - b.start);
  let next = 0;
  return merged.map((span) => {
    const parts: Span[] = [];
    for (let part = sorted[next]; part && part.start < span.end; part = sorted[++next]) {
      if (part.end - part.start < span.end - span.start) parts.push(part);
    }
    return parts.length === 0 ? span : { ...span, parts };
  });
}

/** Without a name and a sign before it, only a secret of 12 characters or more is recognized. */
function isTooShort(text: string): boolean {
  return text.length < 12 && !/[\s=:：＝]/.test(text);
}

const awsSecretKeyLength = 40;

function findAwsSecretKeys(text: string): Span[] {
  const found = keyCharacters
    .spansIn(text, awsSecretKeyLength)
    .filter(
      ({ start, end }) =>
        end - start === awsSecretKeyLength &&
        text.charAt(end) !== '=' &&
        isAwsSecretKey(text.slice(start, end)) &&
        !isLabelledDigest(text, start),
    );
  return withoutPublic(text, found);
}

/** Whether 40 characters of base64 are an AWS secret access key, and neither a hash nor a path. */
function isAwsSecretKey(value: string): boolean {
  const isMixed = /[A-Z]/.test(value) && /[a-z]/.test(value) && /\d/.test(value) && !/[_-]/.test(value);
  if (!isMixed || consistsOfWords(value)) return false;
  return !/^[0-9a-f]+$/i.test(value) && value.split('/').length <= 5 && entropyBits(value) > 4;
}

/** Shannon entropy in bits for each character. */
function entropyBits(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
