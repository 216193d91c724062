// Credentials that show themselves by their own form: issuers' tokens, JSON web tokens, password hashes, private keys
// and webhooks. Every pattern takes linear time: it is tried only where a word or a sign begins.
import { type Span, spansOf } from '../text/spans.ts';
import { gitleaksForms } from './gitleaks-forms.ts';
import { reviewedForms, webhookAddresses } from './reviewed-forms.ts';
import { alternativesOf, hintOf, patternOf, readRow } from './token-form.ts';

const allForms = [...gitleaksForms, ...reviewedForms].map(readRow);

const tokenForms = alternativesOf(allForms.filter(({ parts }) => typeof parts[0] === 'string'));

/** A color of a terminal, as the code itself or escaped. */
const color = String.raw`(?<=(?:\x1b|\\(?:u001b|x1b|e|033))\[[\d;]{0,16}m)`;

/** Where a token can begin. */
const tokenStart = String.raw`(?:(?<!\w)|${color})`;

/** The few forms without fixed text at their beginning, each searched for only in texts with its fixed text. */
const otherForms = allForms
  .filter(({ parts }) => typeof parts[0] !== 'string')
  .map((form) => ({
    hint: hintOf(form),
    pattern: new RegExp(`${tokenStart}(?:${patternOf(form)})+\\w*`, 'g'),
  }));

/** The rest of a key in base64, in one line or wrapped, also with escaped line ends. */
const derRest = String.raw`[A-Za-z0-9+/]{24,}(?:(?:\\{1,4}[rn]|\s){1,12}[A-Za-z0-9+/]{16,})*(?:(?:(?:\\{1,4}[rn]|\s){1,12}[A-Za-z0-9+/]{1,15})?={1,2})?`;

/** Hashes and keys that begin with a letter, and are no issuer's tokens. */
const keyForms = [
  // Password hashes of Django, Werkzeug and PostgreSQL.
  '(?:pbkdf2|scrypt|argon2|bcrypt)[:_][a-z0-9:_]{1,40}\\$[A-Za-z0-9./+=$,-]{20,}',
  'SCRAM-SHA-\\d{1,3}\\$\\d{1,9}:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=:]+',
  // Private keys in DER, without their frame: a version number where public keys and certificates have an algorithm.
  `MI(?:I[A-Za-z0-9+/]{2}[AQgw]IBA|G[A-Za-z0-9+/]AgEA|[A-Za-z0-9+/]{2,10}BgkqhkiG9w0BBQ0)${derRest}`,
  `MHcCAQEEI${derRest}`,
  'MC4CAQAwBQYDK2V[A-Za-z0-9+/]{40,}={0,2}',
];

/** Password hashes that begin with a sign: whoever has one can test guesses against it. */
const hashForms = [
  '\\$2[abxy]?\\$\\d\\d\\$[A-Za-z0-9./]{53}',
  '\\$(?:[1567]|apr1|g?y|argon2(?:id|i|d)|pbkdf2[a-z0-9-]*|scrypt)\\$[A-Za-z0-9./+=,$-]{20,}',
  '\\$[PHS]\\$[A-Za-z0-9./]{20,}', // phpass, Drupal
  '\\{S?(?:SHA\\d{0,3}|MD5)\\}[A-Za-z0-9+/]{20,}={0,2}', // LDAP
];

/**
 * Tokens anywhere in a text, but not in the middle of a longer word. Tokens that follow one another without a sign
 * are one match, and so is the rest of their word, so that none shows up once another is replaced.
 */
const vendorToken = new RegExp(
  `(?:${tokenStart}(?:${tokenForms}|${keyForms.join('|')})+|(?:${hashForms.join('|')})+)\\w*`,
  'g',
);

/** Issuers' tokens, password hashes and private keys without their frame. */
export function findVendorTokens(text: string): Span[] {
  const spans = spansOf(text, vendorToken);
  const others = otherForms.filter(({ hint }) => text.includes(hint));
  return others.length === 0 ? spans : [...spans, ...others.flatMap(({ pattern }) => spansOf(text, pattern))];
}

/**
 * The first two parts of a JWT or JWE and what can follow: full runs of their characters, so that none is read twice.
 */
const dottedRuns = /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{11,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,3}/g;

/** JWTs and JWEs: base64url of a JSON object before the first dot, wherever in a hyphenated word it begins. */
export function findJsonWebTokens(text: string): Span[] {
  if (!text.includes('eyJ')) return [];
  return spansOf(text, dottedRuns).flatMap((run) => {
    const head = text.slice(run.start, text.indexOf('.', run.start));
    const at = head.search(/(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8}/);
    return at === -1 ? [] : [{ start: run.start + at, end: run.end }];
  });
}

/** A private key block, to its end or the end of the text. Certificates and public keys are no secrets. */
export const privateKeyBlock =
  /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----END))*(?:-----END [A-Z0-9 ]{0,40}-----)?|PuTTY-User-Key-File-\d:[\s\S]*/g;

const addresses = webhookAddresses.map(([, address]) => address.replace(/[.?]/g, '\\$&')).join('|');

/** The secret part of the address of an incoming webhook, also on a server that a team runs itself: `/hooks/…`. */
export const webhookPath = new RegExp(
  `(?<=${addresses})[A-Za-z0-9/_@.=&?%-]{16,}|(?<=\\/hooks\\/)(?!catch\\/)[A-Za-z0-9/]{24,}`,
  'g',
);

/** A text without any of these words contains no webhook. */
export const webhookHint = /hook|ifttt|pagerduty|make\.com|hc-ping|dingtalk|chat\.googleapis/;
