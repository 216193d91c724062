// Lets services write numbers that a JavaScript number would round.
import { type ExactNumber, isNumberText, toNumber } from '../core/values/exact-number.ts';

export type { ExactNumber } from '../core/values/exact-number.ts';

/**
 * Returns a value for `before` or `after` that is exactly this number, such as `12345678901234567.89`. For an integer, a
 * bigint does the same.
 *
 * @throws TypeError when the text is not a number in JSON's form, or is longer than 1,000 characters
 * @example
 * { after: { priceUsd: exactNumber('0.12345678901234567890') } }
 */
export function exactNumber(text: string): number | ExactNumber {
  if (typeof text === 'string' && isNumberText(text)) return toNumber(text);
  throw new TypeError('exactNumber() requires a number in JSON form, such as 12345678901234567.89');
}
