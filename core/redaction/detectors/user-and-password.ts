// User and password as a pair in a sentence: `user/pass: admin/…`, `10.0.3.17 (ops/…)`.
import type { Span } from '../text/spans.ts';
import { spansOf } from '../text/spans.ts';
import { withoutFullStop } from '../text/words.ts';
import { looksLikePassword } from './value-shape.ts';

const user = '(?:user(?:[ _-]?name)?|login|account|id)';
const password = '(?:pass(?:word|wd)?|pwd?|psw)';

/** Named by `user/pass`, so that any password counts. */
const named = new RegExp(
  String.raw`\b${user}[ \t]?[/:,|+&][ \t]?${password}\b[ \t]{0,3}(?:[:=]|is|are)[ \t]{0,3}["'\x60]?[^\s/:,|"'\x60]{1,64}[ \t]?[/:,|][ \t]?(?<secret>[^\s"'\x60]{4,512})`,
  'gi',
);

/** Behind an address or a host name, in parentheses. */
const behindHost =
  /\b(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z][\w-]{0,62}(?:\.[\w-]{1,63}){1,8})(?::\d{1,5})?[ \t]{1,3}[([][\w.@+-]{1,64}[/:](?<secret>[^\s"'`]{8,512})/gi;

/** The passwords of such pairs. */
export function findPasswordsOfUsers(text: string): Span[] {
  const spans: Span[] = [];
  if (/pass|pw|psw/i.test(text) && /user|login|account|id/i.test(text)) {
    spans.push(...spansOf(text, named).map((span) => trim(text, span)));
  }
  if (/[([][\w.@+-]{1,64}[/:]/.test(text)) {
    const found = spansOf(text, behindHost).map((span) => trim(text, span));
    spans.push(...found.filter(({ start, end }) => looksLikePassword(text.slice(start, end))));
  }
  return spans;
}

/** Without the signs of the sentence around it. */
function trim(text: string, { start, end }: Span): Span {
  const word = withoutFullStop(text.slice(start, end)).replace(/[)\],;]{1,3}[.,;:]?$/, '');
  return { start, end: start + word.length };
}
