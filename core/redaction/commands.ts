// Secrets in commands, statements and files of a fixed form, where no telling name stands before a sign.
import { isBasicCredential, namesBasicCredential } from './basic-credentials.ts';
import type { NameMatcher } from './field-names.ts';
import { type Span, spansOf } from './spans.ts';

interface Form {
  /** A text without it needs no look. */
  readonly hint: RegExp;
  readonly pattern: RegExp;
}

const forms: readonly Form[] = [
  {
    hint: /jdbc:oracle/i,
    pattern: /jdbc:oracle:[a-z]{3,8}:[^\s/@]{1,128}\/(?<secret>[^\s@]{1,256})@/gi,
  },
  {
    hint: /:_(?:auth|pass)/i,
    pattern: /:_(?:authToken|auth|password)[ \t]{0,3}=[ \t]{0,3}"?(?<secret>[^\s"]+)/gi,
  },
  { hint: /login/, pattern: /\blogin\s{1,40}\S{1,128}\s{1,40}password\s{1,40}(?<secret>\S+)/g },
  {
    // A line of .pgpass
    hint: /:(?:\d{2,5}|\*):/,
    pattern:
      /(?<![^\s"'(=])[\w.*-]{1,255}:(?:\d{2,5}|\*):[A-Za-z_*][\w-]{0,62}:[A-Za-z_*][\w-]{0,62}:(?<secret>[^\s"']+)/g,
  },
  {
    hint: /mysql|mariadb/,
    pattern:
      /\b(?:mysql(?:dump|admin|import)?|mariadb(?:-dump|-admin)?)\b[^\n;|&]{0,512}?[ \t]-p(?<secret>[^\s"']+|"[^"\n]+"|'[^'\n]+')/g,
  },
  { hint: /sshpass/, pattern: /\bsshpass[ \t]{1,8}-p[ \t]{0,8}["']?(?<secret>[^\s"']+)/g },
  {
    hint: /redis-cli|valkey-cli/,
    pattern: /\b(?:redis|valkey)-cli\b[^\n;|&]{0,256}?[ \t]-a[ \t]{1,8}["']?(?<secret>[^\s"']+)/g,
  },
  {
    hint: /'/,
    pattern:
      /\b(?:password|identified[ \t]{1,8}by)[ \t]{1,8}(?:=[ \t]{0,8})?'(?<secret>[^']{1,512})(?='|$)/gi,
  },
  {
    hint: /SecureString/i,
    pattern: /ConvertTo-SecureString[ \t]{1,8}(?:-String[ \t]{1,8})?["'](?<secret>[^"'\n]{1,512})/gi,
  },
];

/** The secrets in commands and files of these forms. */
export function findCommandSecrets(text: string): Span[] {
  return forms.flatMap(({ hint, pattern }) => (hint.test(text) ? spansOf(text, pattern) : []));
}

const element = /<(?<name>[A-Za-z_][\w.:-]{0,63})(?:\s[^<>]{0,256})?>(?<value>[^<]{1,4096})(?=<)/g;
const pair =
  /(?<![\w-])(?:name|key|field|label|id)\\?["']?[ \t]{0,3}[:=][ \t]{0,3}\\?["']?(?<name>[A-Za-z_][\w.-]{0,63})\\?["']?[\s,;]{1,64}\\?["']?(?:value|val|content|data)\\?["']?[ \t]{0,3}[:=][ \t]{0,3}(?<quote>\\?["'])?(?<value>(?<=["'])[^"'\\\n]{1,4096}|[^\s,;"'}]{1,4096})/gi;

/** The values of XML elements, and of `name: … value: …` in YAML, XML and code, whose names are secret. */
export function findNamedValues(text: string, names: NameMatcher): Span[] {
  const patterns = [
    ...(text.includes('</') ? [element] : []),
    ...(/value|val\b|content|data/i.test(text) ? [pair] : []),
  ];
  return patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const { name = '', value = '' } = match.groups ?? {};
      const end = match.index + match[0].length;
      const isSecret = names.isSecret(name) || (namesBasicCredential(name) && isBasicCredential(value));
      return isSecret && value.trim() !== '' ? [{ start: end - value.length, end }] : [];
    }),
  );
}
