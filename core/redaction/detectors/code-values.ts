// Secrets in code and data where the name is beside the value, but not assigned to it: arguments of a call,
// comparisons, elements for name and value, members of a JSON web key.
import { type Span, spansOf } from '../text/spans.ts';
import { isHarmlessValue } from './allowlist.ts';
import type { NameMatcher } from './name-matcher.ts';
import { looksGenerated } from './value-shape.ts';

interface NamedForm {
  /** A text without it needs no search. */
  readonly hint: RegExp;
  /** Has the groups `name` and `secret`. */
  readonly pattern: RegExp;
}

const quotedName = String.raw`\\?["'](?<name>[A-Za-z_][\w./-]{0,127})\\?["']`;
const quotedValue = String.raw`(?<quote>\\?["'])(?<secret>(?:(?!\k<quote>)[^\\\n]|\\.){1,512}?)\k<quote>`;

const forms: readonly NamedForm[] = [
  {
    // setProperty("db.password", "…")
    hint: /\(\s{0,8}\\?["']/,
    pattern: new RegExp(
      String.raw`\b(?:set|put|get|add|with|append|define|register|header|property|setenv|putenv|env|fetch)\w{0,40}\(\s{0,8}${quotedName}\s{0,8},\s{0,8}b?${quotedValue}`,
      'dgi',
    ),
  },
  {
    // setopt(handle, CURLOPT_PASSWORD, "…")
    hint: /[A-Z]\s{0,8},\s{0,8}\\?["']/,
    pattern: new RegExp(String.raw`\b(?<name>[A-Z][A-Z0-9_]{2,64})\s{0,8},\s{0,8}${quotedValue}`, 'dg'),
  },
  {
    // password !== "…"
    hint: /[=!]==?[ \t]{0,3}\\?["']/,
    pattern: new RegExp(
      String.raw`(?<![\w.$])(?<name>[A-Za-z_$][\w.$]{0,127})\)?[ \t]{0,3}[=!]==?[ \t]{0,3}${quotedValue}`,
      'dg',
    ),
  },
  {
    // "…" == password
    hint: /["'][ \t]{0,3}[=!]==?/,
    pattern: new RegExp(
      String.raw`(?<![\w"'])${quotedValue}[ \t]{0,3}[=!]==?[ \t]{0,3}(?<name>[A-Za-z_$][\w.$]{0,127})`,
      'dg',
    ),
  },
  {
    // "…".equals(password)
    hint: /\.(?:equals|compareTo|contentEquals|eql)/,
    pattern: new RegExp(
      String.raw`(?<![\w"'])${quotedValue}\.(?:equals|equalsIgnoreCase|compareTo|contentEquals|eql\?)\([ \t]{0,3}(?<name>[A-Za-z_$][\w.$]{0,127})`,
      'dg',
    ),
  },
  {
    // <name>x.password</name><value>…</value>
    hint: /<\/(?:name|key)>/i,
    pattern:
      /<(?:name|key)>\s{0,64}(?<name>[A-Za-z_][\w./-]{0,127})\s{0,64}<\/(?:name|key)>\s{0,64}<(?:value|string)>(?<secret>[^<]{1,4096})/dgi,
  },
];

/** The values beside a secret name. */
export function findCodeSecrets(text: string, names: NameMatcher): Span[] {
  const spans: Span[] = [];
  for (const { hint, pattern } of forms) {
    if (!hint.test(text)) continue;
    for (const { groups, indices } of text.matchAll(pattern)) {
      const [start, end] = indices?.groups?.secret ?? [0, 0];
      if (names.isSecret(groups?.name ?? '') && !isHarmlessValue(groups?.secret ?? ''))
        spans.push({ start, end });
    }
  }
  return spans;
}

/** The secret members of a JSON web key (RFC 7518). */
export const secretKeyMembers: ReadonlySet<string> = new Set(['k', 'd', 'p', 'q', 'dp', 'dq', 'qi']);

/** The members of a JSON web key that are public, and look like secrets. */
export const publicKeyMembers: ReadonlySet<string> = new Set(['n', 'e', 'x', 'y', 'kid', 'x5t', 'x5t#S256']);

const keyMember =
  /(?<=(?:^|[{,\n])\s{0,24}\\{0,3}"(?:k|d|p|q|dp|dq|qi)\\{0,3}"\s{0,8}:\s{0,8}\\{0,3}")[^"\\\n]{8,}/g;

/** The secret members of JSON web keys in a text that is not JSON. Without the type, a member must look generated. */
export function findKeyMembers(text: string): Span[] {
  const isKey = /"kty\\{0,3}"/.test(text);
  return spansOf(text, keyMember).filter(({ start, end }) => isKey || looksGenerated(text.slice(start, end)));
}
