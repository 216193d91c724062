// Texts that try to be more than text: to a page, a spreadsheet, a log, a terminal, a parser. Each is a line of the
// event contract, unless it is among `multiLine`, which fit `reason`, `userAgent` and states only.

/** What a page might run or show as its own. */
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

/** What a spreadsheet might run. */
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

/** What turns, hides or joins text on a terminal or page. */
export const displayPayloads = [
  'abc\u202ecba\u202c',
  'a\u2066b\u2069',
  'zero\u200bwidth',
  'line\u2028separator\u2029',
  'tag\u{e0041}\u{e0042}',
  '\ufeffmark',
  `Z${'\u0301'.repeat(60)}`,
] as const;

/** Names that mean something to JavaScript or to a store. */
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

/** Control characters: line ends, escapes, a null, lines that look like records of their own. */
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

/** Those of one line. */
export const linePayloads: readonly string[] = [
  ...pagePayloads,
  ...spreadsheetPayloads,
  ...displayPayloads,
  ...namePayloads,
];

/** All of them. */
export const payloads: readonly string[] = [...linePayloads, ...multiLine];
