// Passwords named in languages other than English: "Passwort: …", "la contraseña es …", "пароль …", "パスワードは …".
import type { Span } from '../text/spans.ts';
import { isUnusual, withoutFullStop } from '../text/words.ts';
import { isHarmlessValue } from './allowlist.ts';
import { findQuotedValue } from './assigned-values.ts';
import { UnquotedValues } from './unquoted-values.ts';
import { looksLikePassword } from './value-shape.ts';

interface Language {
  /** The words for a password, as a regular expression. */
  readonly nouns: string;
  /** The words for "is", "is now" and "is called". */
  readonly verbs: string;
}

/** One row for each language or family of languages. */
const languages: readonly Language[] = [
  { nouns: 'pass?wort|kennwort|zugangscode', verbs: 'lautet|ist|heißt|neu' }, // German
  { nouns: 'contraseña|contrasena|clave', verbs: 'es|será|nueva' }, // Spanish
  { nouns: 'mot de passe|mdp', verbs: 'est|sera|devient' }, // French
  { nouns: 'senha|palavra[ -]passe', verbs: 'é|e|será' }, // Portuguese
  { nouns: 'wachtwoord|adgangskode|lösenord|passord|salasana', verbs: 'is|er|är|on' }, // Dutch, Nordic languages
  { nouns: 'hasło|heslo|parolă|şifre|parola', verbs: 'to|je|este|è' }, // Polish, Czech, Romanian, Turkish, Italian
  { nouns: 'парол(?:ь|я|ю|ем|и)', verbs: '—|это|теперь' }, // Russian
  { nouns: 'パスワード|暗証番号', verbs: 'は|が' }, // Japanese
  { nouns: '비밀번호|비번|암호|패스워드|(?:password|passwd|pw)(?=[가-힣])', verbs: '설정은|는|은|가|이' }, // Korean
  { nouns: '密码|密碼|口令', verbs: '是|为|為' }, // Chinese
];

/** A text without any of these words, or parts of them, needs no search. */
const hint =
  /wort|contrase|clave|passe|mdp|senha|woord|kode|senord|passord|salasana|has[łl]o|parol|[şs]ifre|парол|パスワ|暗証|비밀|비번|암호|패스|설정은|密[码碼]|口令/i;

const noun = languages.map(({ nouns }) => nouns).join('|');
/** A word in Latin or Cyrillic letters ends before white space or a sign; the others have no spaces between words. */
const verb = languages
  .flatMap(({ verbs }) => verbs.split('|'))
  .map((word) => (/^[\p{sc=Latin}\p{sc=Cyrillic}]+$/u.test(word) ? `${word}(?=[ \\t:=])` : word))
  .join('|');
const sign = '[ \\t]{0,3}(?:[:=：＝]|->|→)[ \\t]{0,3}';
const named = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${noun})(?:(?<sign>["'\`]?${sign})|[ \\t]{0,3}(?:(?:${verb})[ \\t]{0,3}){1,2}(?:${sign})?|[ \\t]{1,3})(?=\\S)`,
  'giu',
);

/** The passwords behind such words. Without a sign, a word counts only when it looks like a password. */
export function findForeignPasswords(text: string): Span[] {
  if (!hint.test(text)) return [];
  const unquoted = new UnquotedValues(text);
  const spans: Span[] = [];
  named.lastIndex = 0;
  for (let match = named.exec(text); match; match = named.exec(text)) {
    const span = findPassword(text, named.lastIndex, match.index, match.groups?.sign !== undefined, unquoted);
    if (span === undefined) continue;
    spans.push(span);
    named.lastIndex = span.end;
  }
  return spans;
}

function findPassword(
  text: string,
  start: number,
  nounStart: number,
  isSigned: boolean,
  unquoted: UnquotedValues,
): Span | undefined {
  const quoted = findQuotedValue(text, start, unquoted, nounStart);
  if (quoted) return isHarmlessValue(text.slice(quoted.start, quoted.end)) ? undefined : quoted;
  const word = withoutFullStop(text.slice(start, unquoted.endOf(start, nounStart)));
  const isSecret = isSigned ? isUnusual(word) || word.length >= 12 : looksLikePassword(word);
  return isSecret && !isHarmlessValue(word) ? { start, end: start + word.length } : undefined;
}
