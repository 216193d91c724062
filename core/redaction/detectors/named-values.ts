// Finds values with their names beside them: XML elements and attributes, and `name: … value: …` in YAML, JSON and
// code.
import type { Span } from '../text/spans.ts';
import { isBasicCredential, namesBasicCredential } from './basic-credentials.ts';
import type { NameMatcher } from './name-matcher.ts';

const subject = '(?:parameter|variable|header|env|option|attribute|setting|property|config)?_?';
const nameWord = String.raw`(?<![\w-])${subject}(?:name|key|field|label|id|property)`;
const valueWord = String.raw`(?<![\w-])${subject}(?:value|val|content|data|default)`;
const sign = String.raw`\\?["']?[ \t]{0,3}[:=][ \t]{0,3}`;
const name = String.raw`\\?["']?(?<name>[A-Za-z_/][\w./-]{0,127})\\?["']?`;
/** In escaped quotes, in quotes, or to the next sign. */
const values = [
  String.raw`\\["'](?<value>[^"'\\\n]+)\\?["']?`,
  String.raw`"(?<value>(?:[^"\\\n]|\\.)+)"?`,
  String.raw`'(?<value>(?:[^'\\\n]|\\.)+)'?`,
  String.raw`(?<value>[^\s,;"'}]+)`,
];
const value = `(?:${values.join('|')})`;
const between = String.raw`[\s,;]{1,64}\\?["']?`;
const valueHint = /(?:val|content|data|default)[^\n:=]{0,8}[:=]/i;

const forms: readonly { readonly hint: RegExp; readonly pattern: RegExp }[] = [
  { hint: valueHint, pattern: form(nameWord + sign + name + between + valueWord + sign + value) },
  { hint: valueHint, pattern: form(valueWord + sign + value + between + nameWord + sign + name) },
  {
    hint: /config/i,
    pattern: form(
      String.raw`\bconfig(?:ure)?[ \t]{1,8}set[ \t]{1,8}(?<name>[\w.:/-]{1,128})[ \t]{1,8}${value}`,
    ),
  },
];

function form(pattern: string): RegExp {
  return new RegExp(pattern, 'dgi');
}

/** The values beside the name of a secret. */
export function findNamedValues(text: string, names: NameMatcher): Span[] {
  return forms
    .filter(({ hint }) => hint.test(text))
    .flatMap(({ pattern }) => Array.from(text.matchAll(pattern)))
    .flatMap((match) => {
      const [start, end] = match.indices?.groups?.value ?? [0, 0];
      return isSecret(match.groups?.name ?? '', text.slice(start, end), names) ? [{ start, end }] : [];
    });
}

function isSecret(name: string, value: string, names: NameMatcher): boolean {
  if (value.trim() === '') return false;
  return names.isSecret(name) || (namesBasicCredential(name) && isBasicCredential(value));
}

const cdata = String.raw`\s{0,64}(?<cdata><!\[CDATA\[)?`;

/** `<password>` and `<property name="password">`, up to their content. */
const elements = [
  form(String.raw`<(?<name>[A-Za-z_][\w.:-]{0,63})(?:\s[^<>]{0,512})?>${cdata}`),
  form(String.raw`<[A-Za-z_][\w.:-]{0,63}\s[^<>]{0,256}?${nameWord}${sign}${name}[^<>]{0,256}>${cdata}`),
];

/** The texts of XML elements whose names, or labels in an attribute, are those of secrets. */
export function findElementTexts(text: string, names: NameMatcher): Span[] {
  return elements.flatMap((element) => findTexts(text, element, names));
}

function findTexts(text: string, element: RegExp, names: NameMatcher): Span[] {
  const spans: Span[] = [];
  element.lastIndex = 0;
  for (let match = element.exec(text); match; match = element.exec(text)) {
    const { name = '', cdata } = match.groups ?? {};
    if (!names.isSecret(name) && !namesBasicCredential(name)) continue;
    const start = element.lastIndex;
    const close = text.indexOf(cdata === undefined ? '<' : ']]>', start);
    const end = close === -1 ? text.length : close;
    if (isSecret(name, text.slice(start, end), names)) spans.push({ start, end });
    // Nothing is read twice.
    element.lastIndex = end;
  }
  return spans;
}
