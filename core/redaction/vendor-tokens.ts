// Credentials that can be told by their own form, as their issuers document it. Every pattern is linear: no nested
// repetition, and each starts with fixed characters.

const tokenForms = [
  'A[KSBC][IC]A[A-Z0-9]{16}(?![A-Za-z0-9])', // AWS access key ids: AKIA, ASIA, ABIA, ACCA
  'ABSK[A-Za-z0-9+/]{60,}={0,2}', // Amazon Bedrock
  'amzn\\.mws\\.[0-9a-f-]{30,}',
  'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*){0,3}', // JWT, JWE
  'gh[pousr]_[A-Za-z0-9]{20,}',
  'github_pat_[A-Za-z0-9_]{20,}',
  'gl(?:pat|ptt|dt|rt|cbt|oas|ft|soat|agent|imt)-[A-Za-z0-9_.-]{16,}',
  'xox[abposre]-[A-Za-z0-9-]{10,}',
  'xapp-[A-Za-z0-9-]{10,}',
  '(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,}',
  'whsec_[A-Za-z0-9+/=]{16,}',
  'AIza[A-Za-z0-9_-]{35}',
  'ya29\\.[A-Za-z0-9_-]{20,}',
  'GOCSPX-[A-Za-z0-9_-]{20,}',
  'npm_[A-Za-z0-9]{30,}',
  'pypi-[A-Za-z0-9_-]{40,}',
  'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}',
  'SK[0-9a-f]{32}(?![A-Za-z0-9])', // Twilio
  'key-[0-9a-f]{32}(?![A-Za-z0-9])', // Mailgun
  '[0-9a-f]{32}-us\\d{1,2}(?![A-Za-z0-9])', // Mailchimp
  'do[opr]_v1_[a-f0-9]{64}',
  'HRKU-[A-Za-z0-9_-]{30,}',
  'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}',
  'sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,}',
  'NRAK-[A-Z0-9]{20,}',
  'NRII-[A-Za-z0-9_-]{20,}',
  'sk-(?:ant-|proj-|svcacct-|or-)?[A-Za-z0-9_-]{20,}',
  'hf_[A-Za-z0-9]{30,}',
  'hv[sbr]\\.[A-Za-z0-9_-]{20,}',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{40,}',
  'dapi[a-f0-9]{32}',
  'lin_api_[A-Za-z0-9]{30,}',
  'ntn_[A-Za-z0-9]{40,}',
  'secret_[A-Za-z0-9]{43}',
  'ATATT3[A-Za-z0-9_=-]{20,}',
  'dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}',
  'figd_[A-Za-z0-9_-]{20,}',
  '\\d{8,10}:AA[A-Za-z0-9_-]{32,}', // Telegram
  'PMAK-[a-f0-9]{24}-[a-f0-9]{34}',
  'gl(?:sa|c)_[A-Za-z0-9_=+/-]{30,}',
  'sntry[su]_[A-Za-z0-9_=+/-]{30,}',
  'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{20,}',
  'sb[ps]_[a-f0-9]{40}',
  'AGE-SECRET-KEY-1[A-Z0-9]{50,}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9_.-]{30,}',
  'ops_eyJ[A-Za-z0-9_-]{40,}',
  'rubygems_[a-f0-9]{40,}',
  'CFPAT-[A-Za-z0-9_-]{30,}',
  'EAA[A-Za-z0-9]{60,}', // Facebook, Square
  'phc_[A-Za-z0-9]{30,}',
  'tskey-[a-z]+-[A-Za-z0-9-]{20,}',
];

/** A vendor's token anywhere in a text, not in the middle of a longer word. */
export const vendorToken = new RegExp(`(?<![A-Za-z0-9_])(?:${tokenForms.join('|')})`, 'g');

/** A private key block, to its end or the text's. Certificates and public keys are no secrets. */
export const privateKeyBlock =
  /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----END))*(?:-----END [A-Z0-9 ]{0,40}-----)?|PuTTY-User-Key-File-\d:[\s\S]*/g;

/** Incoming webhooks: whoever has the path may post. */
export const webhookPath =
  /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/|\.webhook\.office\.com\/webhookb2\/)[A-Za-z0-9/_@-]{16,}/g;
