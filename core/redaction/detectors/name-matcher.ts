// Secrets by field name: what a name says about its value, in every spelling.
import { isCompanion, isKnownField } from '../known/known-fields.ts';
import { isHintName } from './named-by-value.ts';
import type { NameRules } from './secret-names.ts';

/** Of a longer name only the end is read, which says what it is. */
const maxNameLength = 256;

/** The words of a name in lower case: `masterUserPassword`, `MASTER_USER_PASSWORD` and `master-user-password` alike. */
function wordsOf(name: string): string[] {
  return name
    .slice(-maxNameLength)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function endsWithAny(words: readonly string[], endings: ReadonlySet<string>): boolean {
  return [1, 2, 3].some((count) => words.length >= count && endings.has(words.slice(-count).join(' ')));
}

/** `password2` without its number. */
function withoutNumber(word: string): string {
  return word.replace(/\d+$/, '');
}

const digestName =
  /(?:sha-?\d{1,3}|md5|digest|checksum|fingerprint|thumbprint|integrity|etag|(?<!(?:pass(?:word|wd)?|pwd|secret|token)[-_.]?)hash(?:es)?)$/i;

/** Words for a password in scripts other than ASCII; the last word of a name. */
const foreignPassword =
  /(?:contraseñas?|парол[ьи]|パスワード|暗証番号|비밀번호|암호|密码|密碼|口令|hasło|şifre|parolă|lösenord|salasana)$/iu;

/** What `{ name, value }` can be about. */
const subject = 'param(?:eter)?|variable|header|option|setting|attribute|property|field';
const pairName = new RegExp(`^(?:${subject}|env)?_?(?:name|key|field|label|id)$`, 'i');
/** In capitals they would be environment variables, which are values themselves. */
const pairSubject = new RegExp(`^(?:${subject}|path)$`, 'i');
const pairValue = new RegExp(
  `^(?:(?:${subject}|env|default|old|new|current|previous|string)?_?val(?:ues?)?|content|data|text|from|to|old|new|default)$`,
  'i',
);

/** How many names and how long names are remembered: at most about 4 MB. */
const maxAnswers = 10_000;
const maxRememberedLength = 200;

/** What names mean under a set of rules. It remembers its answers, because names repeat. */
export class NameMatcher {
  readonly #secret: ReadonlySet<string>;
  readonly #stems: RegExp;
  readonly #neutral: ReadonlySet<string>;
  readonly #harmless: ReadonlySet<string>;
  readonly #places: ReadonlySet<string>;
  readonly #placeSuffixes: ReadonlySet<string>;
  readonly #readable: ReadonlySet<string>;
  readonly #answers = new Map<string, boolean>();
  readonly #knownAnswers = new Map<string, boolean>();
  readonly #companionAnswers = new Map<string, boolean>();
  readonly #placeAnswers = new Map<string, boolean>();
  readonly #hintAnswers = new Map<string, boolean>();
  readonly #pairAnswers = new Map<string, 'name' | 'value' | 'none'>();

  constructor(rules: NameRules) {
    this.#secret = new Set(rules.secretEndings);
    this.#stems = new RegExp(`(?:${rules.secretStems.join('|')})s?$`);
    this.#neutral = new Set(rules.neutralWords);
    this.#harmless = new Set(rules.harmlessEndings.flatMap((ending) => [ending, ending.replaceAll(' ', '')]));
    this.#places = new Set(rules.secretPlaces);
    this.#placeSuffixes = new Set(rules.placeSuffixes);
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

  /** Whether the value under this name is a secret if it also looks like one: `X_KEY`, `routing_key`, `secret_id`. */
  isHint(name: string): boolean {
    const known = this.#hintAnswers.get(name);
    if (known !== undefined) return known;
    const answer = isHintName(name);
    remember(this.#hintAnswers, name, answer);
    return answer;
  }

  #decide(name: string): boolean {
    if (isKnownField(name)) return true;
    if (/[^\0-\x7f]/.test(name) && foreignPassword.test(name)) return true;
    const words = wordsOf(name);
    for (;;) {
      const before = words.slice(0, -1);
      const last = withoutNumber(words.at(-1) ?? '');
      // Both as it is and in the singular: `pass`, `access keys`.
      const spellings = [
        [...before, last],
        [...before, last.replace(/s$/, '')],
      ];
      if (spellings.some((spelling) => endsWithAny(spelling, this.#harmless))) return false;
      if (this.#stems.test(last) || spellings.some((spelling) => endsWithAny(spelling, this.#secret)))
        return true;
      if (words.length < 2 || !this.#isNeutral(words.at(-1) ?? '')) return false;
      words.pop();
    }
  }

  /** Whether the value under this name is a secret whatever it looks like. Such a name is also one of a secret. */
  isKnown(name: string): boolean {
    const known = this.#knownAnswers.get(name);
    if (known !== undefined) return known;
    const answer = isKnownField(name);
    remember(this.#knownAnswers, name, answer);
    return answer;
  }

  /** Whether this member shows what another member of its object contains. */
  isCompanion(name: string): boolean {
    const known = this.#companionAnswers.get(name);
    if (known !== undefined) return known;
    const answer = isCompanion(name);
    remember(this.#companionAnswers, name, answer);
    return answer;
  }

  #isNeutral(word: string): boolean {
    return this.#neutral.has(word) || this.#neutral.has(withoutNumber(word)) || /^v?\d+$/.test(word);
  }

  /** Whether every value in an object or list under this name is a secret. */
  isPlace(name: string): boolean {
    const known = this.#placeAnswers.get(name);
    if (known !== undefined) return known;
    const words = wordsOf(name);
    while (words.length > 1 && this.#isPlaceSuffix(words.at(-1) ?? '')) words.pop();
    const answer = endsWithAny(words, this.#places);
    remember(this.#placeAnswers, name, answer);
    return answer;
  }

  #isPlaceSuffix(word: string): boolean {
    return this.#placeSuffixes.has(word) || this.#isNeutral(word);
  }

  /** Which part of `{ name, value }` a key can be. */
  partOfPair(key: string): 'name' | 'value' | 'none' {
    const known = this.#pairAnswers.get(key);
    if (known !== undefined) return known;
    const isName = pairName.test(key) || (pairSubject.test(key) && key !== key.toUpperCase());
    const answer = isName ? 'name' : pairValue.test(key) ? 'value' : 'none';
    remember(this.#pairAnswers, key, answer);
    return answer;
  }

  /** Whether this names a digest, which looks like a key: `codeSha256`, `contentHash`, `checksum`, `fingerprint`. */
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
