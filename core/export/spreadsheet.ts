// Keeps texts of a CSV file as they are when a spreadsheet opens the file. Without it, Excel and LibreOffice read the
// account 012345678901 as a number without its zero, the name 1E5 as 100000, and a text with digits as a date.

/** Lets Excel recognize UTF-8. It starts the file. */
export const byteOrderMark = '\uFEFF';

/**
 * A text in a formula has at most 255 UTF-16 code units, which are at least 127 characters
 * (https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3).
 */
const literalParts = /.{1,127}/gsu;

/** The longest text that is a date, a time, or an amount with its unit. A longer one contains only digits and signs. */
const maxValueLength = 64;

/**
 * Whether a spreadsheet could read the text as another value: a number, a date, a time, a fraction, an amount or a truth
 * value. Such a text contains a digit, in any script, or is a word for a truth value.
 */
function isValueLike(text: string): boolean {
  const isNumeric = /\p{N}/u.test(text) && (text.length <= maxValueLength || !/\p{L}{3}/u.test(text));
  return isNumeric || /^\s*(?:true|false)\s*$/i.test(text);
}

/**
 * Returns the text as a formula of one text, such as `="012345678901"`, if a spreadsheet could read it as another value;
 * the cell then shows the text and nothing else. Excel, LibreOffice and Google Sheets support it. An apostrophe at the
 * start would be part of the text, and LibreOffice removes a tab at the start. JSON starts with a bracket or brace and
 * is a text already. Quotes are doubled, so that the text cannot end the formula's text and add to the formula.
 */
export function keepAsText(text: string): string {
  if (/^[[{]/.test(text) || !isValueLike(text)) return text;
  const parts = text.match(literalParts) ?? [];
  return `=${parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('&')}`;
}
