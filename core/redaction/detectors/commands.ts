// Secrets in commands, SQL statements and files of a fixed form, where no name and sign is before the value.
import type { Span } from '../text/spans.ts';
import { sign } from '../text/words.ts';
import { type Form, FormSearch, options, unusual, value } from './command-patterns.ts';

/** In SQL: `'…'`, in which `''` is one quote, `E'…'`, `"…"`. */
const literal = `(?:[EN]?'(?<secret>(?:[^']|''){1,512})(?='|$)|"(?<secret>(?:[^"]|""){1,512})(?="|$))`;

/** The end of the command. */
const commandEnd = String.raw`(?=["']?[ \t]{0,8}(?:[;|&\r\n]|$))`;

const forms: readonly Form[] = [
  {
    hint: /jdbc:oracle/i,
    pattern: /jdbc:oracle:[a-z]{3,8}:[^\s/@]{1,128}\/(?<secret>[^\s@]{1,256})(?=@)/gi,
  },
  {
    hint: /:_(?:auth|pass)/i,
    pattern: /:_(?:authToken|auth|password)[ \t]{0,3}=[ \t]{0,3}"?(?<secret>[^\s"]+)/gi,
  },
  {
    // .netrc
    hint: /machine|default/,
    pattern:
      /\b(?:machine\s{1,40}\S{1,128}|default(?=\s{1,40}login\s))(?:\s{1,40}(?:login|account)\s{1,40}\S{1,128}){0,2}\s{1,40}password\s{1,40}(?<secret>\S+)/g,
  },
  {
    hint: /login/,
    pattern: new RegExp(
      String.raw`\blogin\s{1,40}\S{1,128}\s{1,40}password\s{1,40}(?=\S{0,128}${sign})(?<secret>\S{6,})`,
      'g',
    ),
  },
  {
    // A line of .pgpass. The host is no number, as in a time, and the line is no MAC or IPv6 address.
    hint: /:(?:\d{2,5}|\*):/,
    pattern:
      /(?<![^\s"'(=])(?!\d{1,255}:)(?!(?:[0-9a-f]{0,4}:){3})[\w.*-]{1,255}:(?:\d{2,5}|\*):[A-Za-z_*][\w-]{0,62}:[A-Za-z_*][\w-]{0,62}:(?<secret>[^\s"']+)/g,
  },
  {
    hint: /mysql|mariadb/,
    pattern: new RegExp(
      String.raw`\b(?:mysql(?:dump|admin|import)?|mariadb(?:-dump|-admin)?)(?:(?=[ \t]+-)${options}-p${value}|\b${options}-p${unusual})`,
      'g',
    ),
  },
  { hint: /sshpass/, pattern: new RegExp(String.raw`\bsshpass[ \t]{1,8}-p[ \t]{0,8}${value}`, 'g') },
  {
    hint: /zip|7z/,
    pattern: new RegExp(
      String.raw`\b(?:(?:un)?zip\b${options}-P[ \t]{1,8}|7z[ar]?\b${options}-p)${value}`,
      'g',
    ),
  },
  {
    hint: /ldap/,
    pattern: new RegExp(String.raw`\bldap[a-z]{3,8}\b${options}-w[ \t]{1,8}${value}`, 'g'),
  },
  {
    hint: /mongo/,
    pattern: new RegExp(String.raw`\bmongo[a-z]{0,8}\b${options}-p[ \t]{1,8}${value}`, 'g'),
  },
  {
    hint: /openssl/,
    pattern: new RegExp(String.raw`\bopenssl\b${options}-[kK][ \t]{1,8}${value}`, 'g'),
  },
  {
    hint: /htpasswd/,
    pattern: new RegExp(
      String.raw`\bhtpasswd[ \t](?:[^\n;|&]{0,128}[ \t])?-[A-Za-z]{0,8}b[A-Za-z]{0,8}(?:[ \t]{1,8}[^\s-]\S{0,255}){1,2}[ \t]{1,8}${value}${commandEnd}`,
      'g',
    ),
  },
  {
    hint: /rabbitmqctl/,
    pattern: new RegExp(
      String.raw`\brabbitmqctl\b${options}(?:add_user|change_password|authenticate_user)[ \t]{1,8}\S{1,128}[ \t]{1,8}${value}`,
      'g',
    ),
  },
  {
    hint: /--from-literal/,
    pattern: new RegExp(String.raw`--from-literal[ \t=]["']?[^\s=]{1,253}=${value}`, 'g'),
  },
  {
    hint: /vault/,
    pattern: new RegExp(
      String.raw`\bvault[ \t]{1,8}login[ \t]{1,8}(?:-[^\s=]{1,64}(?:=\S{1,256})?[ \t]{1,8}){0,4}(?![\w-]{1,64}=|-)${value}${commandEnd}`,
      'g',
    ),
  },
  {
    // The password of `user%password`.
    hint: /%/,
    pattern: new RegExp(
      String.raw`\b(?:smbclient|rpcclient|smbget|net)\b${options}(?:-U|--user)[ \t=]{0,8}["']?[^\s%"']{1,128}%${value}`,
      'g',
    ),
  },
  {
    hint: /stdin|passphrase-fd/,
    pattern: new RegExp(
      String.raw`\b(?:echo|printf)[ \t]{1,8}(?:-[neE]{1,3}[ \t]{1,8}|["']?%s(?:\\n)?["']?[ \t]{1,8})?${value}(?=["']?[ \t]{0,8}\|[^\n]{0,256}(?:--password-stdin|--passphrase-fd|passwd[ \t][^\n]{0,128}--stdin))`,
      'g',
    ),
  },
  {
    hint: /chpasswd/,
    pattern:
      /\becho[ \t]{1,8}["']?[^\s:"']{1,128}:(?<secret>[^\n"'|]{1,256}?)(?=["']?[ \t]{0,8}\|[^\n|]{0,64}chpasswd)/g,
  },
  {
    hint: /put-parameter/,
    pattern: new RegExp(
      String.raw`\bput-parameter\b(?=[^;|&]{0,1024}SecureString)[^;|&]{0,512}?--value[ \t=]{1,8}${value}`,
      'g',
    ),
  },
  {
    // What follows the first of several.
    hint: /passwords/i,
    pattern: new RegExp(
      String.raw`(?:--passwords[ \t=]{1,8}[^\s"']{1,512}[ \t]{1,8}(?!-)|\bpasswords=[^\s,"']{1,512},)${value}`,
      'gi',
    ),
  },
  {
    // sqlplus app/…@db
    hint: /sqlplus|sqlldr|expdp|impdp/,
    pattern:
      /\b(?:sqlplus|sqlldr|expdp|impdp)(?:[ \t]{1,8}-[A-Za-z]\S{0,32}){0,8}[ \t]{1,8}(?:userid=)?["']?[A-Za-z][\w$#.-]{0,64}\/["']?(?<secret>[^\s@"']{4,128})/g,
  },
  {
    hint: /sqlcmd|bcp|osql/,
    pattern: new RegExp(String.raw`\b(?:sqlcmd|bcp|osql)\b${options}-P[ \t]{0,8}${value}`, 'g'),
  },
  {
    hint: /login/,
    pattern: new RegExp(
      String.raw`\b(?:docker|podman|nerdctl|buildah|skopeo|oras|helm|crane|oc|cf|az)[ \t]{1,8}(?:registry[ \t]{1,8}|acr[ \t]{1,8})?login\b${options}-p[ \t=]{0,8}${value}`,
      'g',
    ),
  },
  {
    hint: /-u/,
    pattern:
      /\b(?:curl|wget|https?)\b(?:\\\r?\n|[^\n|]){0,256}?[ \t](?:-u|--(?:proxy-)?user)[ \t=]{0,8}["']?[^\s:"']{1,128}:(?<secret>[^\s"']+)/g,
  },
  {
    // Of other commands: `-u 1000:1000` is a user and a group.
    hint: /-u/,
    pattern: new RegExp(
      String.raw`(?<=\s|^)(?:-u|--user)[ \t=]+["']?[^\s:"']{1,128}:(?!\d+(?!\S))${unusual}`,
      'g',
    ),
  },
  {
    hint: /identified/i,
    pattern: new RegExp(
      String.raw`\bidentified\s{1,8}(?:with\s{1,8}\S{1,64}\s{1,8})?(?:by|as)\s{1,8}(?:password\s{1,8})?${literal}`,
      'gi',
    ),
  },
  {
    hint: /password/i,
    pattern: new RegExp(
      String.raw`\b(?:alter|create|set)\s{1,8}(?:user|role|login|group|password)\b[^;]{0,256}?(?:\bpassword\s{0,8}(?:=\s{0,8}|\()?|=\s{0,8})${literal}`,
      'gi',
    ),
  },
  {
    // Without quotes, as Oracle accepts it.
    hint: /identified/i,
    pattern: new RegExp(
      String.raw`\bidentified\s{1,8}(?:by|as)\s{1,8}(?!["'])(?=[^\s;]{0,128}${sign})(?<secret>[^\s]{6,512})`,
      'gi',
    ),
  },
  {
    hint: /password/i,
    pattern: new RegExp(
      String.raw`\b(?:alter|create)\s{1,8}(?:user|role)\b[^;]{0,256}?\bpassword\s{1,8}(?!["'])(?=[^\s;]{0,128}${sign})(?<secret>[^\s]{6,512})`,
      'gi',
    ),
  },
  {
    hint: /password/i,
    pattern: new RegExp(
      String.raw`\bpassword[ \t]{1,8}["'](?=[^"']{0,128}${sign})(?<secret>[^"']{6,512})`,
      'gi',
    ),
  },
  {
    // The function of MySQL.
    hint: /password\s{0,4}\(/i,
    pattern: new RegExp(String.raw`\bpassword\s{0,4}\(\s{0,4}${literal}`, 'gi'),
  },
  {
    hint: /SecureString/i,
    pattern: new RegExp(
      String.raw`ConvertTo-SecureString(?:[ \t]{1,8}-(?:String|AsPlainText|Force)){1,3}[ \t]{1,8}${unusual}`,
      'gi',
    ),
  },
  {
    hint: /SecureString/i,
    pattern: /ConvertTo-SecureString[ \t]{1,8}(?:-String[ \t]{1,8})?["'](?<secret>[^"'\n]{1,512})/gi,
  },
];

const search = new FormSearch(forms);

/** The secrets in commands and files of these forms. */
export function findCommandSecrets(text: string): Span[] {
  return search.find(text);
}
