// Numbers that a double cannot hold. JSON.parse rounds them, in the recorder and again in every browser, so they are an
// object with the number as it was written: { "$number": "10000000000000000001" }. Also runs in browsers.

/** The one member of the object. */
const member = '$number';

/** A number as it was written, in JSON's form, that a double cannot hold. */
export interface ExactNumber {
  readonly [member]: string;
}

/** The form of a number in JSON (RFC 8259): sign, digits, fraction and exponent. */
const form = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Longer numbers are not compared as numbers. They are kept as they were written. */
const maxLength = 1000;

/** Whether the text is a number in JSON's form of at most 1,000 characters. */
export function isNumberText(text: string): boolean {
  return text.length <= maxLength && form.test(text);
}

/**
 * Whether a double holds the number: an integer from -(2^53 - 1) to 2^53 - 1, or a fraction that JSON writes with the
 * same value. `1.0` and `0.1` are held; `-0`, `1e21`, `1e400` and a fraction with 20 digits are not.
 */
export function isHeldByDouble(text: string): boolean {
  const number = Number(text);
  return isPlainNumber(number) && !Object.is(number, -0) && toDecimal(text) === toDecimal(String(number));
}

/** Whether JSON writes and reads the double without a loss, apart from the sign of zero. */
export function isPlainNumber(number: number): boolean {
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}

/** Whether the value is an exact number. An object with a number that a double holds is an object like any other. */
export function isExactNumber(value: unknown): value is { [member]: string } {
  if (typeof value !== 'object' || value === null) return false;
  const text: unknown = (value as Partial<Record<string, unknown>>)[member];
  if (typeof text !== 'string' || Object.keys(value).length !== 1) return false;
  return isNumberText(text) && !isHeldByDouble(text);
}

/** Returns a number in JSON's form as a value: a number if a double holds it, otherwise an exact number. */
export function toNumber(text: string): number | { [member]: string } {
  return text.length <= maxLength && isHeldByDouble(text) ? Number(text) : { [member]: text };
}

/** Whether both values are numbers, at least one of them an exact one, that are equal: `1e400` equals `10e399`. */
export function areSameNumber(one: unknown, other: unknown): boolean {
  if (!isExactNumber(one) && !isExactNumber(other)) return false;
  const [text, otherText] = [textOf(one), textOf(other)];
  return text !== undefined && otherText !== undefined && toDecimal(text) === toDecimal(otherText);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return isExactNumber(value) ? value[member] : undefined;
}

/** The number's digits without zeros at either end, and its exponent: the same text for equal numbers. */
function toDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = form.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  const scale = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - end);
  return `${sign}${digits.slice(0, end)}e${scale}`;
}

/** An exact number in JSON text. It cannot be part of a string, in which the quotes would be escaped. */
const exactInJson = /\{\s*"\$number":\s*"([-+.eE\d]{1,1000})"\s*\}/g;

/** Returns the value as JSON with exact numbers as they were written, for people. `undefined` has no JSON: ''. */
export function toJsonText(value: unknown, indent?: number): string {
  const json: string | undefined = JSON.stringify(value, null, indent);
  if (json === undefined) return '';
  return json.replace(exactInJson, (object, text: string) =>
    isExactNumber({ [member]: text }) ? text : object,
  );
}
