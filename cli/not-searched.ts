// Warns about entries that a search could not check.
import { formatCount } from '../terminal/format-count.ts';

/** The number of entries whose details could not be read, and the IDs of some. */
export interface Unsearched {
  readonly count: number;
  readonly ids?: readonly string[];
}

/** Returns the warning. The caller escapes it for the terminal. */
export function describeNotSearched({ count, ids = [] }: Unsearched): string {
  const names = ids.length === 0 ? '' : ` (${ids.join(', ')}${ids.length < count ? ', …' : ''})`;
  return `Warning: the details of ${formatCount(count, 'entry', 'entries')} could not be read, so they are not in the result although they could match${names}.`;
}

/** Returns the sentence about entries that the sealed log has but the table does not. */
export function describeRemoved(count: number): string {
  const were = count === 1 ? 'entry has' : 'entries have';
  return `${count} sealed ${were} expired or were removed, so they are not included.`;
}
