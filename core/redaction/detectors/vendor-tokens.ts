// Credentials that can be told by their own form, as their issuers document it. Every pattern is linear: it is tried only
// where a word or a sign begins, and nothing follows it that could fail and make it be read again.
import { type Span, spansOf } from '../text/spans.ts';

const tokenForms = [
  'A[KSBC][IC]A[A-Z0-9]{16}(?![A-Za-z0-9])', // AWS access key ids: AKIA, ASIA, ABIA, ACCA
  'ABSK[A-Za-z0-9+/]{60,}={0,2}', // Amazon Bedrock
  'amzn\\.mws\\.[0-9a-f-]{30,}',
  'gh[pousr]_[A-Za-z0-9]{20,}',
  'github_pat_\\w{20,}',
  'gl(?:pat|ptt|dt|rt|cbt|oas|ft|soat|agent|imt)-[\\w.-]{16,}',
  'xox[abcdeoprs]-[A-Za-z0-9%-]{10,}',
  'xapp-[A-Za-z0-9-]{10,}',
  '(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,}',
  'whsec_[A-Za-z0-9+/=]{16,}',
  'AIza[\\w-]{35}',
  'ya29\\.[\\w-]{20,}',
  '1//0[\\w-]{30,}', // Google refresh token
  '[\\w~]{3}\\dQ~[\\w~.-]{31,}', // Entra ID client secret
  'LTAI[A-Za-z0-9]{12,30}(?![A-Za-z0-9])', // Alibaba
  'AKID[A-Za-z0-9]{32,}', // Tencent
  'v1\\.0-[0-9a-f]{24}-[0-9a-f]{100,}', // Cloudflare origin CA
  'fm[12][ra]?_[\\w+/=-]{20,}', // Fly.io
  'rnd_[A-Za-z0-9]{20,}',
  'nfp_[A-Za-z0-9]{30,}',
  'SCW[A-Z0-9]{17}(?![A-Za-z0-9])', // Scaleway
  'GR1348941[\\w-]{20,}',
  'ATBB[A-Za-z0-9]{28,}',
  '[MNO][\\w-]{23,27}\\.[\\w-]{6,7}\\.[\\w-]{27,40}(?![\\w-])', // Discord
  'x(?:key|smtp)sib-[0-9a-f]{64}-[A-Za-z0-9]{16}',
  're_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{20,}',
  'access_token\\$(?:production|sandbox)\\$[0-9a-z]{10,}\\$[0-9a-f]{32}', // Braintree
  'AQE[A-Za-z0-9+/=-]{80,}', // Adyen
  'oy2[a-z0-9]{43}(?![A-Za-z0-9])', // NuGet
  'cio[A-Za-z0-9]{32}(?![A-Za-z0-9])', // crates.io
  'AKCp[A-Za-z0-9]{60,}', // JFrog
  'r8_[A-Za-z0-9]{30,}',
  'gsk_[A-Za-z0-9]{40,}',
  'xai-[A-Za-z0-9]{60,}',
  'pplx-[A-Za-z0-9]{40,}',
  'dd(?:app|pat)_[A-Za-z0-9]{30,}',
  'dt0[a-z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}', // Dynatrace
  'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}', // Airtable
  'tfp_[\\w-]{40,}',
  'pul-[0-9a-f]{40}',
  'A3-[A-Z0-9]{6}-[A-Z0-9]{6}(?:-[A-Z0-9]{5}){3,4}', // 1Password secret key
  'sb_secret_[\\w-]{20,}',
  'npg_[A-Za-z0-9]{12,}',
  'bk[acru][atr]_[0-9a-f]{40}', // Buildkite
  'CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[0-9a-f]{40}',
  'EZ[AT]K[A-Za-z0-9]{54}',
  'gAAAAA[\\w-]{60,}={0,2}', // Fernet
  'GOCSPX-[\\w-]{20,}',
  'npm_[A-Za-z0-9]{30,}',
  'pypi-[\\w-]{40,}',
  'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  'SK[0-9a-f]{32}(?![A-Za-z0-9])', // Twilio
  'key-[0-9a-f]{32}(?![A-Za-z0-9])', // Mailgun
  '[0-9a-f]{32}-us\\d{1,2}(?![A-Za-z0-9])', // Mailchimp
  'do[opr]_v1_[a-f0-9]{64}',
  'HRKU-[\\w-]{30,}',
  'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}',
  'sq0(?:atp|csp|idp)-[\\w-]{20,}',
  'NRAK-[A-Z0-9]{20,}',
  'NRII-[\\w-]{20,}',
  'sk-(?:ant-|proj-|svcacct-|or-)?[\\w-]{20,}',
  'hf_[A-Za-z0-9]{30,}',
  'hv[sbr]\\.[\\w-]{20,}',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{40,}',
  'dapi[a-f0-9]{32}',
  'lin_api_[A-Za-z0-9]{30,}',
  'ntn_[A-Za-z0-9]{40,}',
  'secret_[A-Za-z0-9]{43}',
  'ATATT3[\\w=-]{20,}',
  'dckr_(?:pat|oat)_[\\w-]{20,}',
  'figd_[\\w-]{20,}',
  '\\d{8,10}:AA[\\w-]{32,}', // Telegram
  'PMAK-[a-f0-9]{24}-[a-f0-9]{34}',
  'gl(?:sa|c)_[\\w=+/-]{30,}',
  'sntry[su]_[\\w=+/-]{30,}',
  'pscale_(?:tkn|pw|oauth)_[\\w.-]{20,}',
  'sb[ps]_[a-f0-9]{40}',
  'sq[apu]_[a-f0-9]{40}', // Sonar
  'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}', // LangSmith
  'access-(?:production|development|sandbox)-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}', // Plaid
  '(?:sdk|mob)-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}', // LaunchDarkly
  'AGE-SECRET-KEY-1[A-Z0-9]{50,}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{30,}',
  'ops_eyJ[\\w-]{40,}',
  'rubygems_[a-f0-9]{40,}',
  'CFPAT-[\\w-]{30,}',
  'EAA[\\w-]{60,}', // Facebook, Square
  'phc_[A-Za-z0-9]{30,}',
  'tskey-[a-z]+-[A-Za-z0-9-]{20,}',
  // Password hashes of Django, Werkzeug and PostgreSQL.
  '(?:pbkdf2|scrypt|argon2|bcrypt)[:_][a-z0-9:_]{1,40}\\$[A-Za-z0-9./+=$,-]{20,}',
  'SCRAM-SHA-\\d{1,3}\\$\\d{1,9}:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=:]+',
  // Private keys in DER, without their frame: a version number where public keys and certificates have an algorithm.
  'MI(?:I[A-Za-z0-9+/]{2}[AQgw]IBA|G[A-Za-z0-9+/]AgEA|[A-Za-z0-9+/]{2,10}BgkqhkiG9w0BBQ0)[A-Za-z0-9+/\\r\\n\\\\]{60,}={0,2}',
  'MHcCAQEEI[A-Za-z0-9+/\\r\\n\\\\]{60,}={0,2}',
  'MC4CAQAwBQYDK2V[A-Za-z0-9+/]{40,}={0,2}',
];

/** Password hashes that begin with a sign: whoever has one can guess against it. */
const hashForms = [
  '\\$2[abxy]?\\$\\d\\d\\$[A-Za-z0-9./]{53}',
  '\\$(?:[1567]|apr1|g?y|argon2(?:id|i|d)|pbkdf2[a-z0-9-]*|scrypt)\\$[A-Za-z0-9./+=,$-]{20,}',
  '\\$[PHS]\\$[A-Za-z0-9./]{20,}', // phpass, Drupal
  '\\{S?(?:SHA\\d{0,3}|MD5)\\}[A-Za-z0-9+/]{20,}={0,2}', // LDAP
];

/**
 * Vendors' tokens anywhere in a text, not in the middle of a longer word; those that follow one another without a sign
 * between are one match, and so is the rest of their word, so that none shows up once another is taken away.
 */
export const vendorToken = new RegExp(
  `(?:(?<!\\w)(?:${tokenForms.join('|')})+|(?:${hashForms.join('|')})+)\\w*`,
  'g',
);

/** The first two parts of a JWT or JWE and what may follow: whole runs of their characters, so that none is read twice. */
const dottedRuns = /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{11,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,3}/g;

/** JWTs and JWEs: base64url of a JSON object before the first dot, wherever in a hyphenated word it begins. */
export function findJsonWebTokens(text: string): Span[] {
  if (!text.includes('eyJ')) return [];
  return spansOf(text, dottedRuns).flatMap((run) => {
    const head = text.slice(run.start, text.indexOf('.', run.start));
    const at = head.search(/(?<![A-Za-z0-9_])eyJ[A-Za-z0-9_-]{8}/);
    return at === -1 ? [] : [{ start: run.start + at, end: run.end }];
  });
}

/** A private key block, to its end or the text's. Certificates and public keys are no secrets. */
export const privateKeyBlock =
  /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----END))*(?:-----END [A-Z0-9 ]{0,40}-----)?|PuTTY-User-Key-File-\d:[\s\S]*/g;

/** Incoming webhooks: whoever has the path may post. */
export const webhookPath =
  /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/|\.webhook\.office\.com\/webhookb2\/)[A-Za-z0-9/_@-]{16,}/g;
