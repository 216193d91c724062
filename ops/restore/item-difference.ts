// Compares two items with the same key, of either table. What the stack itself changes over time does not count.
import { isDeepStrictEqual } from 'node:util';
import { directoryAttributes, entryAttributes, viewExpiresAt } from '../../core/storage/table-attributes.ts';

/** An item as the document client returns it. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * Entries are compared without their time of expiry. `'renewed'` is a user's row of the directory that was last renewed at
 * another time.
 */
export function compareItems(left: Item, right: Item): 'same' | 'renewed' | 'different' {
  if (isDeepStrictEqual(withoutExpiry(left), withoutExpiry(right))) return 'same';
  const areRenewable = isRenewable(left) && isRenewable(right);
  return areRenewable && isDeepStrictEqual(withoutRenewals(left), withoutRenewals(right))
    ? 'renewed'
    : 'different';
}

/** The item, and its list view, without the time of expiry. */
export function withoutExpiry({ [entryAttributes.expiresAt]: _, ...item }: Item): Item {
  const view = item[entryAttributes.view];
  if (typeof view !== 'object' || view === null) return item;
  const { [viewExpiresAt]: __, ...shown } = view as Item;
  return { ...item, [entryAttributes.view]: shown };
}

const { sk, seenAt, term, name, email } = directoryAttributes;

/** Only rows with a time are replaced; see `replacementOf`. */
function isRenewable(item: Item): boolean {
  return item[sk] !== undefined && item[seenAt] !== undefined;
}

/** The key of a term never changes; its upper and lower case can. */
function withoutRenewals({ [seenAt]: _, [term]: __, [name]: ___, [email]: ____, ...row }: Item): Item {
  return row;
}
