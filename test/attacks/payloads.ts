// Texts that try to be interpreted by a page, spreadsheet, log, terminal or parser. Each is valid as a line of
// the event contract, except those in `multiLine`, which only fit `reason`, `userAgent` and states.

/** Texts that a page could execute or render. */
export const pagePayloads = [
  '<script>window.attacked=1</script>',
  '"><img src=x onerror="window.attacked=1">',
  "'-window.attacked--'",
  '<svg/onload=window.attacked=1>',
  'javascript:window.attacked=1',
  '</title></textarea></style><script>window.attacked=1</script>',
  '{{constructor.constructor("window.attacked=1")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the attack
  '${window.attacked=1}',
  '&lt;b&gt;&#x3c;b&#x3e;',
  '<iframe srcdoc="<script>parent.attacked=1</script>"></iframe>',
] as const;

/** Texts that a spreadsheet could execute. */
export const spreadsheetPayloads = [
  '=HYPERLINK("https://evil.example","open")',
  "+1+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(1+1)',
  ' =1+1',
  '\uff1d1+1',
  '"=1+1"',
  'a,"b","=1+1',
] as const;

/** Characters that reorder, hide or join text on a terminal or page. */
export const displayPayloads = [
  'abc\u202ecba\u202c',
  'a\u2066b\u2069',
  'zero\u200bwidth',
  'line\u2028separator\u2029',
  'tag\u{e0041}\u{e0042}',
  '\ufeffmark',
  `Z${'\u0301'.repeat(60)}`,
] as const;

/** Names with a meaning in JavaScript or in a store. */
export const namePayloads = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  '../../etc/hosts',
  "' OR '1'='1",
  'a#b%23c',
  '%0d%0alocation: //a',
  '$(id)`id`',
  'null',
] as const;

/** Control characters: newlines, escape sequences, null, and lines that look like separate records. */
export const multiLine = [
  'first\r\nx-injected: attacked=1\r\n\r\n<b>',
  'first\n{"level":"ERROR","message":"forged","service":"record"}',
  '\u001b[2J\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\',
  '\u009b31m',
  'null\u0000character',
  'back\b\b\b\bspace\u007f',
  'tab\tand\u000bvertical\u000cfeed',
  '\t=1+1',
] as const;

/** Single-line payloads. */
export const linePayloads: readonly string[] = [
  ...pagePayloads,
  ...spreadsheetPayloads,
  ...displayPayloads,
  ...namePayloads,
];

/** All payloads. */
export const payloads: readonly string[] = [...linePayloads, ...multiLine];
