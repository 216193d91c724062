// Secrets by field name: what a name says about its value, however it is spelled.

export interface NameRules {
  /** Last words of a name whose value is a secret. */
  readonly secretEndings: readonly string[];
  /** Names that end so and are no secrets all the same. */
  readonly harmlessEndings: readonly string[];
  /** Names of places in which every value is a secret. */
  readonly secretPlaces: readonly string[];
  /** Inside a secret object, such as `credentials`: last words of names whose values stay readable. */
  readonly readableInside: readonly string[];
}

/** Endings of one word that also count when written together with others, as in `pgpassword`. */
const compoundWords =
  /(password|passwd|passphrase|passcode|apikey|secretkey|authtoken|accesstoken|privatekey)$/;

/** Words behind a secret's name that leave it a secret: `passwordValue`, `secretKey2`, `tokenHash`. */
const neutralWords = new Set(
  [
    'value',
    'values',
    'text',
    'plaintext',
    'plain',
    'string',
    'base64',
    'b64',
    'encoded',
    'hash',
    'hashed',
    'raw',
  ].concat([
    'old',
    'new',
    'current',
    'previous',
    'next',
    'primary',
    'secondary',
    'backup',
    'default',
    'data',
    'prod',
    'dev',
  ]),
);

export const nameRules: NameRules = {
  secretEndings: [
    'password',
    'passwords',
    'passwd',
    'pwd',
    'pass',
    'passphrase',
    'passcode',
    'pin',
    'otp',
    'secret',
    'secrets',
    'token',
    'tokens',
    'credential',
    'credentials',
    'creds',
    'jwt',
    'bearer',
    'cookie',
    'cookies',
    'authorization',
    'dsn',
    'sig',
    'apikey',
    'accesskey',
    'secretkey',
    'privatekey',
    'authkey',
    'api key',
    'api keys',
    'access key',
    'secret key',
    'private key',
    'signing key',
    'encryption key',
    'decryption key',
    'master key',
    'auth key',
    'shared key',
    'account key',
    'license key',
    'ssh key',
    'storage key',
    'service key',
    'deploy key',
    'session key',
    'hmac key',
    'webhook key',
    'integration key',
    'app key',
    'application key',
    'shared access key',
    'shared access signature',
    'amz signature',
    'connection string',
    'connection uri',
    'connection url',
    'database url',
    'database uri',
    'webhook url',
    'service account json',
    'kubeconfig',
    'npmrc',
    'pgpass',
    'htpasswd',
    'recovery code',
    'recovery codes',
    'backup codes',
    'mnemonic',
    'seed phrase',
    'unseal key',
  ],
  harmlessEndings: [
    'next token',
    'page token',
    'continuation token',
    'pagination token',
    'client request token',
    'idempotency token',
    'max tokens',
    'min tokens',
    'total tokens',
    'public key',
    'by pass',
    'single pass',
    'multi pass',
    'http only cookie',
  ],
  secretPlaces: [
    'environment variables',
    'env vars',
    'env variables',
    'env',
    'environ',
    'envs',
    'environment',
  ],
  readableInside: [
    'username',
    'user name',
    'user',
    'login',
    'arn',
    'status',
    'host',
    'hostname',
    'port',
    'engine',
    'type',
    'region',
    'database',
    'dbname',
    'algorithm',
    'version',
    'name',
    'kms key id',
    'enabled',
    'expires at',
    'expires in',
    'created at',
    'updated at',
  ],
};

/** The words of a name in lower case: `masterUserPassword`, `MASTER_USER_PASSWORD` and `master-user-password` alike. */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function endsWithAny(words: readonly string[], endings: ReadonlySet<string>): boolean {
  return [1, 2, 3].some((count) => words.length >= count && endings.has(words.slice(-count).join(' ')));
}

const digestName = /(?:sha-?\d{1,3}|md5|digest|checksum|fingerprint|thumbprint|integrity|etag)$/i;
const pairName = /^(?:parameter|variable|header|env|option)?_?(?:name|key|field|label|id)$/i;
const pairValue = /^(?:(?:parameter|variable|header|env|default|option)?_?(?:value|val)|content|data|text)$/i;

/** Names whose meaning is remembered, and how long they may be: at most about 4 MB. */
const maxAnswers = 10_000;
const maxRememberedLength = 200;

/** What names mean under some rules; remembers its answers, since names repeat. */
export class NameMatcher {
  readonly #secret: ReadonlySet<string>;
  readonly #harmless: ReadonlySet<string>;
  readonly #places: ReadonlySet<string>;
  readonly #readable: ReadonlySet<string>;
  readonly #answers = new Map<string, boolean>();
  readonly #placeAnswers = new Map<string, boolean>();
  readonly #pairAnswers = new Map<string, 'name' | 'value' | 'none'>();

  constructor(rules: NameRules) {
    this.#secret = new Set(rules.secretEndings);
    this.#harmless = new Set(rules.harmlessEndings);
    this.#places = new Set(rules.secretPlaces);
    this.#readable = new Set(rules.readableInside);
  }

  /** Whether the value under this name is a secret. */
  isSecret(name: string): boolean {
    const known = this.#answers.get(name);
    if (known !== undefined) return known;
    const answer = this.#decide(name);
    remember(this.#answers, name, answer);
    return answer;
  }

  #decide(name: string): boolean {
    const words = wordsOf(name);
    while (words.length > 1 && isNeutral(words.at(-1) ?? '')) words.pop();
    if (endsWithAny(words, this.#harmless)) return false;
    return endsWithAny(words, this.#secret) || compoundWords.test(words.at(-1) ?? '');
  }

  /** Whether every value in an object or list under this name is a secret. */
  isPlace(name: string): boolean {
    const known = this.#placeAnswers.get(name);
    if (known !== undefined) return known;
    const answer = endsWithAny(wordsOf(name), this.#places);
    remember(this.#placeAnswers, name, answer);
    return answer;
  }

  /** Which part of `{ name, value }` a key may be. */
  partOfPair(key: string): 'name' | 'value' | 'none' {
    const known = this.#pairAnswers.get(key);
    if (known !== undefined) return known;
    const answer = pairName.test(key) ? 'name' : pairValue.test(key) ? 'value' : 'none';
    remember(this.#pairAnswers, key, answer);
    return answer;
  }

  /** Whether this names a digest, which looks like a key and is none: `codeSha256`, `checksum`, `fingerprint`. */
  isDigest(name: string): boolean {
    return digestName.test(name);
  }

  /** Whether the value under this name stays readable inside a secret object. */
  isReadableInside(name: string): boolean {
    return endsWithAny(wordsOf(name), this.#readable);
  }
}

function remember<T>(answers: Map<string, T>, name: string, answer: T): void {
  if (answers.size < maxAnswers && name.length <= maxRememberedLength) answers.set(name, answer);
}

function isNeutral(word: string): boolean {
  return neutralWords.has(word) || /^v?\d+$/.test(word);
}
