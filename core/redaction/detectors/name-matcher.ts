// Secrets by field name: what a name says about its value, in every spelling.
import { companionNames, isCompanion, isKnownField, knownFieldEndings } from '../known/known-fields.ts';
import { endsInNumber, NameAnswers } from './name-answers.ts';
import { NameTails } from './name-tails.ts';
import { wordsOf } from './name-words.ts';
import { isHintName } from './named-by-value.ts';
import type { NameRules } from './secret-names.ts';

/** The words of the longest ending in the rules. */
const maxEndingWords = 4;

function endsWithAny(words: readonly string[], endings: ReadonlySet<string>): boolean {
  let ending = '';
  for (let count = 1; count <= maxEndingWords && count <= words.length; count++) {
    const word = words[words.length - count] ?? '';
    ending = count === 1 ? word : `${word} ${ending}`;
    if (endings.has(ending)) return true;
  }
  return false;
}

/** `password2` without its number. */
function withoutNumber(word: string): string {
  return /\d$/.test(word) ? word.replace(/\d+$/, '') : word;
}

const digestName =
  /(?:sha-?\d{1,3}|md5|digest|checksum|fingerprints?|thumbprint(?:s|-?list)?|integrity|etag|(?<!(?:pass(?:word|wd)?|pwd|secret|token)[-_.]?)hash(?:es)?)$/i;

const nonAscii = /[^\0-\x7f]/;

/** Words for a password with letters other than ASCII; the last word of a name. */
const foreignPassword =
  /(?:contraseñas?|парол[ьи]|パスワード|暗証番号|비밀번호|비번|암호|패스워드|密码|密碼|口令|hasło|şifre|parolă|lösenord|salasana)$/iu;

/** What `{ name, value }` can be about. */
const subject = 'param(?:eter)?|variable|header|option|setting|attribute|property|field';
const pairName = new RegExp(`^(?:${subject}|env)?_?(?:name|key|field|label|id)$`, 'i');
/** In capitals they would be environment variables, which are values themselves. */
const pairSubject = new RegExp(`^(?:${subject}|path)$`, 'i');
const pairValue = new RegExp(
  `^(?:(?:${subject}|env|default|old|new|current|previous|string)?_?val(?:ues?)?|content|data|text|from|to|old|new|default)$`,
  'i',
);

const pairTails = new NameTails([
  ...[
    'param',
    'parameter',
    'variable',
    'header',
    'option',
    'setting',
    'attribute',
    'property',
    'field',
    'path',
  ],
  ...['name', 'key', 'label', 'id'],
  ...['val', 'value', 'content', 'data', 'text', 'from', 'to', 'old', 'new', 'default'],
]);
const hintTails = new NameTails(['key', 'id']);
const companionTails = new NameTails(companionNames);

/** What names mean under a set of rules. It remembers its answers, because names repeat. */
export class NameMatcher {
  readonly #secret: ReadonlySet<string>;
  /** The last words of `#secret`. */
  readonly #lastWords: ReadonlySet<string>;
  readonly #stems: RegExp;
  readonly #secretTails: NameTails;
  readonly #placeTails: NameTails;
  readonly #neutral: ReadonlySet<string>;
  readonly #harmless: ReadonlySet<string>;
  readonly #places: ReadonlySet<string>;
  readonly #placeSuffixes: ReadonlySet<string>;
  readonly #readable: ReadonlySet<string>;
  readonly #answers = new NameAnswers<boolean>();
  readonly #knownAnswers = new NameAnswers<boolean>();
  readonly #companionAnswers = new NameAnswers<boolean>();
  readonly #placeAnswers = new NameAnswers<boolean>();
  readonly #hintAnswers = new NameAnswers<boolean>();
  readonly #pairAnswers = new NameAnswers<'name' | 'value' | 'none'>();
  readonly #decideSecret = (name: string) => this.#decide(name);
  readonly #decidePlace = (name: string) => this.#isPlace(name);

  constructor(rules: NameRules) {
    const numbered = [...Object.values(rules).flat(), ...knownFieldEndings, ...companionNames].find(
      endsInNumber,
    );
    if (numbered !== undefined) throw new Error(`A name of the rules must not end in a number: ${numbered}`);
    this.#secret = new Set(rules.secretEndings);
    this.#lastWords = new Set(rules.secretEndings.map((ending) => ending.slice(ending.lastIndexOf(' ') + 1)));
    this.#stems = new RegExp(`(?:${rules.secretStems.join('|')})s?$`);
    this.#neutral = new Set(rules.neutralWords);
    this.#harmless = new Set(rules.harmlessEndings.flatMap((ending) => [ending, ending.replaceAll(' ', '')]));
    this.#places = new Set(rules.secretPlaces);
    this.#placeSuffixes = new Set(rules.placeSuffixes);
    this.#readable = new Set(rules.readableInside);
    this.#secretTails = new NameTails([...this.#lastWords, ...rules.neutralWords, ...knownFieldEndings]);
    for (const stem of rules.secretStems) this.#secretTails.addPattern(stem);
    this.#placeTails = new NameTails([...this.#places, ...this.#placeSuffixes, ...this.#neutral]);
  }

  /** Whether the value under this name is a secret. */
  isSecret(name: string): boolean {
    if (!this.#secretTails.mayEnd(name) && !nonAscii.test(name)) return false;
    return this.#answers.recall(name, this.#decideSecret);
  }

  /** Whether the value under this name is a secret if it also looks like one: `X_KEY`, `routing_key`, `secret_id`. */
  isHint(name: string): boolean {
    if (!hintTails.mayEnd(name)) return false;
    return this.#hintAnswers.recall(name, isHintName);
  }

  #decide(name: string): boolean {
    if (isKnownField(name)) return true;
    if (nonAscii.test(name) && foreignPassword.test(name)) return true;
    const words = wordsOf(name);
    if (!this.#canEndName(words)) return false;
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
    if (!this.#secretTails.mayEnd(name)) return false;
    return this.#knownAnswers.recall(name, isKnownField);
  }

  /** Whether this member shows what another member of its object contains. */
  isCompanion(name: string): boolean {
    if (!companionTails.mayEnd(name)) return false;
    return this.#companionAnswers.recall(name, isCompanion);
  }

  #isNeutral(word: string): boolean {
    return this.#neutral.has(word) || this.#neutral.has(withoutNumber(word)) || /^v?\d+$/.test(word);
  }

  /** Whether any secret's name ends like this one. Most names fail this test, which is quicker than the full one. */
  #canEndName(words: readonly string[]): boolean {
    const word = words.at(-1) ?? '';
    const last = withoutNumber(word);
    return (
      this.#lastWords.has(last) ||
      this.#lastWords.has(last.replace(/s$/, '')) ||
      (words.length > 1 && this.#isNeutral(word)) ||
      this.#stems.test(last)
    );
  }

  /** Whether every value in an object or list under this name is a secret. */
  isPlace(name: string): boolean {
    if (!this.#placeTails.mayEnd(name)) return false;
    return this.#placeAnswers.recall(name, this.#decidePlace);
  }

  #isPlace(name: string): boolean {
    const words = wordsOf(name);
    while (words.length > 1 && this.#isPlaceSuffix(words.at(-1) ?? '')) words.pop();
    return endsWithAny(words, this.#places);
  }

  #isPlaceSuffix(word: string): boolean {
    return this.#placeSuffixes.has(word) || this.#isNeutral(word);
  }

  /** Which part of `{ name, value }` a key can be. */
  partOfPair(key: string): 'name' | 'value' | 'none' {
    if (!pairTails.mayEnd(key)) return 'none';
    return this.#pairAnswers.recall(key, findPartOfPair);
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

function findPartOfPair(key: string): 'name' | 'value' | 'none' {
  const isName = pairName.test(key) || (pairSubject.test(key) && key !== key.toUpperCase());
  return isName ? 'name' : pairValue.test(key) ? 'value' : 'none';
}
