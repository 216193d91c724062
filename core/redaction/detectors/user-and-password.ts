// User and password as a pair in a sentence or a table: `user/pass: admin/…`, `10.0.3.17 (ops/…)`, `10.0.3.17 ops …`.
import type { Span } from '../text/spans.ts';
import { spansOf } from '../text/spans.ts';
import { isUnusual, withoutFullStop } from '../text/words.ts';
import { looksLikePassword } from './value-shape.ts';

const user = '(?:user(?:[ _-]?name)?|login|account|id|계정|아이디)';
const password = '(?:pass(?:word|wd)?|pwd?|psw|비번|비밀번호|암호|패스워드)';
/** `user/pass`, `ID PW`, `id/pw/port`, `ID(PW)`. */
const heading = String.raw`(?<![A-Za-z])${user}[ \t]?[/:,|+&( ][ \t]?${password}(?![A-Za-z])\)?(?:\/[a-z]{2,8})?\)?`;
const address = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}[ \t/,|]{1,3})?`;
const userName = String.raw`["'\x60]?[^\s/:,|()"'\x60]{1,64}`;

/** Named by `user/pass` and assigned, so that any password counts. */
const assigned = new RegExp(
  String.raw`${heading}[ \t]{0,3}(?:[:=]|->|\(|is\b|are\b)[ \t]{0,3}${address}${userName}(?:[ \t]?[/:,|(][ \t]?|[ \t]{1,3})(?<secret>[^\s"'\x60]{4,512})`,
  'gi',
);

/** Named by `user/pass` alone. */
const headed = new RegExp(
  String.raw`${heading}[ \t]{1,3}${address}${userName}(?:[ \t]?[/:,|(][ \t]?|[ \t]{1,3}(?:\/\/[ \t])?)(?<secret>[^\s"'\x60]{6,512})`,
  'gi',
);

/** Behind an address or a host name, in parentheses. */
const behindHost =
  /\b(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z][\w-]{0,62}(?:\.[\w-]{1,63}){1,8})(?::\d{1,5})?[ \t]{0,3}[([](?:id[/:]?pw:)?(?:[\w.@+-]{1,64}[/:])?(?<secret>[^\s"'`]{8,512})/gi;

/** Behind an address, as in a table. */
const behindAddress =
  /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}[ \t,|]{1,3}[A-Za-z][\w.@+-]{0,63}[ \t/:,|]{1,3}(?<secret>[^\s"'`]{8,20})(?!\S)/g;

/** `P/W: …` */
const slashed = /(?<![A-Za-z])p\/w[ \t]{0,3}[:=][ \t]{0,3}(?<secret>[^\s"'`]{4,512})/gi;

const hints = [/pass|pw|psw|비번|비밀번호|암호|패스워드/i, /user|login|account|id|계정|아이디/i];

/** The passwords of such pairs. */
export function findPasswordsOfUsers(text: string): Span[] {
  const spans: Span[] = [];
  if (hints.every((hint) => hint.test(text))) {
    spans.push(...find(text, assigned, () => true), ...find(text, headed, isUnusual));
  }
  if (/p\/w/i.test(text)) spans.push(...find(text, slashed, () => true));
  if (/[([][\w.@+/-]{1,64}[/:]/.test(text)) spans.push(...find(text, behindHost, looksLikePassword));
  if (/\d\.\d{1,3}[ \t,|]/.test(text)) spans.push(...find(text, behindAddress, isMixedPassword));
  return spans;
}

function find(text: string, pattern: RegExp, isSecret: (word: string) => boolean): Span[] {
  return spansOf(text, pattern)
    .map((span) => trim(text, span))
    .filter(({ start, end }) => end > start && isSecret(text.slice(start, end)));
}

/** Without a heading and parentheses, a password has letters of both cases. */
function isMixedPassword(word: string): boolean {
  return /[A-Z]/.test(word) && /[a-z]/.test(word) && looksLikePassword(word);
}

/** Without the signs of the sentence around it. */
function trim(text: string, { start, end }: Span): Span {
  const word = withoutFullStop(text.slice(start, end)).replace(/[)\],;]{1,3}[.,;:]?$/, '');
  return { start, end: start + word.length };
}
