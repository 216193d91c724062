// What the page finds wrong with a search by itself: a range in the address that the API has no words for.
import { maxAmount, type Search } from './search.ts';

/** Why a search is not sent. `message` is for people, in the form of the API's own. */
export class InvalidSearchError extends Error {
  /** The parameter at fault. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(`${field} ${message}`);
    this.name = 'InvalidSearchError';
    this.field = field;
  }
}

/** What is wrong with the search; `undefined` when the API must judge it. */
export function findSearchError({ range }: Pick<Search, 'range'>): InvalidSearchError | undefined {
  if (range.type !== 'unreadable') return undefined;
  if (range.from !== undefined || range.to !== undefined)
    return new InvalidSearchError('last', 'must not be given together with from or to');
  return new InvalidSearchError(
    'last',
    `must be a whole number from 1 to ${maxAmount.toLocaleString('en')} and one of m, h, d and w, such as 24h`,
  );
}
