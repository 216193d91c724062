// Validates the one part of a search that the API does not: the relative time range in the page's URL.
import { maxAmount, type Search } from './search.ts';

/** Why a search is not sent. `message` is shown to the user, in the style of the API's messages. */
export class InvalidSearchError extends Error {
  /** The invalid parameter. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(`${field} ${message}`);
    this.name = 'InvalidSearchError';
    this.field = field;
  }
}

/** Returns why the search is invalid. `undefined` leaves validation to the API. */
export function findSearchError({ range }: Pick<Search, 'range'>): InvalidSearchError | undefined {
  if (range.type !== 'unreadable') return undefined;
  if (range.from !== undefined || range.to !== undefined)
    return new InvalidSearchError('last', 'cannot be used together with from or to');
  return new InvalidSearchError(
    'last',
    `must be a whole number from 1 to ${maxAmount.toLocaleString('en')} followed by m, h, d, or w, such as 24h`,
  );
}
