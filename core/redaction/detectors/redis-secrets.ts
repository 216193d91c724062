// Secrets in what Redis and Valkey read: configuration files, commands, and the rules of access control lists.
import { type Span, spansOf } from '../text/spans.ts';
import { type Form, FormSearch, options, unusual, value } from './command-patterns.ts';

/** At the start of a line or of a string. */
const atStart = String.raw`(?<![^\n"'\x60])[ \t]{0,8}`;
const atEnd = String.raw`(?=["'\x60]?[ \t]{0,8}(?:[\r\n]|$))`;

const forms: readonly Form[] = [
  {
    hint: /requirepass|masterauth|primaryauth|auth-pass/i,
    pattern: new RegExp(
      String.raw`${atStart}(?:requirepass|masterauth|primaryauth|sentinel[ \t]{1,8}auth-pass[ \t]{1,8}\S{1,128})[ \t]{1,8}${value}${atEnd}`,
      'gi',
    ),
  },
  {
    hint: /requirepass|masterauth|primaryauth/i,
    pattern: new RegExp(String.raw`\b(?:requirepass|masterauth|primaryauth)[ \t]{1,8}${unusual}`, 'gi'),
  },
  {
    hint: /(?:redis|valkey)-cli/,
    pattern: new RegExp(
      String.raw`\b(?:redis|valkey)-cli\b${options}(?:-a|auth(?:[ \t]{1,8}[^\s"'&|;]{1,128}(?=[ \t]{1,8}[^\s&|;]))?)[ \t]{1,8}${value}`,
      'gi',
    ),
  },
  {
    hint: /hello/i,
    pattern: new RegExp(
      String.raw`\bhello[ \t]{1,8}[23][ \t]{1,8}auth[ \t]{1,8}\S{1,128}[ \t]{1,8}${value}`,
      'gi',
    ),
  },
  {
    hint: /AUTH/,
    pattern: new RegExp(
      String.raw`${atStart}AUTH[ \t]{1,8}(?:[^\s"']{1,128}[ \t]{1,8})?${unusual}${atEnd}`,
      'g',
    ),
  },
];

/** One rule: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/ */
const rule = String.raw`(?:on|off|nopass|reset[a-z]{0,16}|(?:skip-)?sanitize-payload|all(?:keys|channels|commands)|nocommands|clearselectors|[~%&+@(><#!-][^\s"']{0,512})`;

/** Behind a user's name, or from the rule on that turns the user on or off. */
const rules = new RegExp(
  String.raw`(?:\b(?:user|setuser)[ \t]{1,8}[^\s"']{1,128}|(?<![^\s"'=:(])(?:on|off|reset))(?:[ \t]{1,8}${rule})+`,
  'gi',
);

/** What distinguishes such a list from `… on >file` and `user menu >entry`. */
const isList = /^setuser|\s(?:[~%&+]|-@|all(?:keys|channels|commands)|reset|nopass)/i;

/** A password to add or remove, or the hash of one. */
const password = /(?<=[ \t])(?:[><](?<secret>\S+)|[#!][0-9a-f]{64}(?!\S))/gi;

/** The passwords in lists of rules. */
function findPasswords(text: string): Span[] {
  if (!/[ \t][><#!]\S/.test(text)) return [];
  return spansOf(text, rules).flatMap(({ start, end }) => {
    const list = text.slice(start, end);
    const found = isList.test(list) ? spansOf(list, password) : [];
    return found.map((span) => ({ start: start + span.start, end: start + span.end }));
  });
}

const search = new FormSearch(forms);

/** The secrets in configuration, commands and access rules of Redis and Valkey. */
export function findRedisSecrets(text: string): Span[] {
  return [...search.find(text), ...findPasswords(text)];
}
